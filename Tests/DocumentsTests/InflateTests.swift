import Testing

@testable import Documents

@Suite struct InflateTests {
  private func bytes(_ hex: String) -> [UInt8] {
    var digits = hex[...]
    var result: [UInt8] = []
    while !digits.isEmpty {
      result.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
      digits = digits.dropFirst(2)
    }
    return result
  }

  /// Twenty times a sentence, then every byte once; compressed by zlib with a code of its own.
  private let dynamic =
    "78da0bc94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d5228014ae72456552aa4e4a7eb29848c2a1e553caa98da8a191899985958d9d83938b9b87978"
    + "f9f8050485844544c5c42524a5a46564e5e4151495945554d5d43534b5b47574f5f40d0c8d8c4d4ccdcc2d2cadac6d6cedec1d1c9d9c5d5cdddc3d3cbdbc7d7cfdfc03028382"
    + "4342c3c22322a3a26362e3e2131293925352d3d23332b3b27372f3f20b0a8b8a4b4acbca2b2aabaa6b6aebea1b1a9b9a5b5adbda3b3abbba7b7afbfa274c9c3479cad469d367"
    + "cc9c357bcedc79f3172c5cb478c9d265cb57ac5cb57acdda75eb376cdcb479cbd66ddb77ecdcb57bcfde7dfb0f1c3c74f8c8d163c74f9c3c75faccd973e72f5cbc74f9cad56b"
    + "d76fdcbc75fbcedd7bf71f3c7cf4f8c9d367cf5fbc7cf5facddb77ef3f7cfcf4f9cbd76fdf7ffcfcf5fbcfdf7fff011497c29c"

  private var expected: [UInt8] {
    Array(String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 20).utf8) + (0...255).map { UInt8($0) }
  }

  @Test func compressedDataComesBackWhole() throws {
    let result = try #require(Inflate.zlib(bytes(dynamic)[...], limit: 1 << 20))
    #expect(result.bytes == expected)
    #expect(result.isComplete)
    #expect(result.consumed == bytes(dynamic).count - 4)
  }

  @Test func theFixedCodeIsUnderstood() throws {
    let result = try #require(Inflate.zlib(bytes("7801cb48cdc9c957c84090003a2e067d")[...], limit: 100))
    #expect(result.bytes == Array("hello hello hello".utf8))
    #expect(result.isComplete)
  }

  @Test func storedBlocksAreCopied() {
    let result = Inflate.inflate([1, 3, 0, 0xFC, 0xFF, 7, 8, 9], limit: 100)
    #expect(result.bytes == [7, 8, 9])
    #expect(result.isComplete)
    #expect(!Inflate.inflate([1, 3, 0, 0xFC, 0xFE, 7, 8, 9], limit: 100).isComplete)
  }

  @Test func theLimitIsKept() throws {
    let result = try #require(Inflate.zlib(bytes(dynamic)[...], limit: 100))
    #expect(!result.isComplete)
    #expect(result.bytes.prefix(100).elementsEqual(expected.prefix(100)))
    #expect(result.bytes.count < 100 + 258)
  }

  /// Whatever is missing at the end, what came before is right.
  @Test func everyBeginningGivesABeginning() throws {
    let whole = bytes(dynamic)
    for length in 2..<whole.count {
      let result = try #require(Inflate.zlib(whole[..<length], limit: 1 << 20))
      #expect(expected.starts(with: result.bytes))
      #expect(result.isComplete == (length >= whole.count - 4))
    }
  }

  @Test func noiseNeverCrashes() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let noise = (0..<Int.random(in: 0...64, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Inflate.inflate(noise[...], limit: 4096).bytes.count <= 4096 + 258)
    }
  }
}
