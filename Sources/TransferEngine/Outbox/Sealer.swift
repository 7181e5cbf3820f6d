internal import Crypto

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Encrypts what identifies a patient before it reaches the database, and makes keyed hashes to look things up by.
struct Sealer: Sendable {
  enum Failure: Error { case wrongKeyOrDamaged }

  private let cipherKey: SymmetricKey
  private let lookupKey: SymmetricKey

  /// - Parameter master: 32 bytes; every purpose gets a key of its own.
  init(master: SymmetricKey) {
    cipherKey = HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data("chartdrop outbox cells".utf8), outputByteCount: 32)
    lookupKey = HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data("chartdrop outbox look-ups".utf8), outputByteCount: 32)
  }

  /// - Parameter place: table, column and row; a cell moved elsewhere does not open.
  func seal(_ value: some Encodable, at place: String) throws -> Data {
    let box = try AES.GCM.seal(try JSONEncoder().encode(value), using: cipherKey, authenticating: Data(place.utf8))
    // Nil only for nonces of unusual length, which are not used here.
    guard let combined = box.combined else { throw Failure.wrongKeyOrDamaged }
    return combined
  }

  func open<Value: Decodable>(_ cell: Data, as type: Value.Type, at place: String) throws -> Value {
    guard let box = try? AES.GCM.SealedBox(combined: cell),
      let plain = try? AES.GCM.open(box, using: cipherKey, authenticating: Data(place.utf8)),
      let value = try? JSONDecoder().decode(type, from: plain)
    else { throw Failure.wrongKeyOrDamaged }
    return value
  }

  /// The same value always gives the same hash; without the key nothing can be learned from it.
  func lookup(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return lookup(Array(try encoder.encode(value)))
  }

  /// The same parts always give the same hash; without the key nothing can be learned from it.
  func lookup(_ parts: [UInt8]...) -> Data {
    var hash = HMAC<SHA256>(key: lookupKey)
    for part in parts {
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { hash.update(data: Data($0)) }
      hash.update(data: Data(part))
    }
    return Data(hash.finalize())
  }
}
