internal import SafeText
internal import TransferEngine

/// Whom a transfer is for, as lists show them. Two transfers are for the same patient here when all of it is the same.
struct TransferPatient: Equatable {
  var name: Redacted<DisplayText>
  var born: Redacted<DisplayText>?
  var number: Redacted<DisplayText>?

  init(_ snapshot: TransferSnapshot) { (name, born, number) = (snapshot.patientName, snapshot.patientBorn, snapshot.patientNumber) }

  /// `SMITH, Ann`, masked `A.S.`
  func name(isMasked: Bool) -> Redacted<DisplayText> {
    guard isMasked else { return name }
    return name.map { name in
      let parts = name.string.split(separator: ",", maxSplits: 1).map { $0.first { $0.isLetter } }
      return DisplayText(escaping: parts.reversed().compactMap(\.self).map { "\($0)." }.joined())
    }
  }

  /// The second thing that says who it is: `24-Jul-1982`, masked `1982`; the number where the birth date is not known.
  func identity(isMasked: Bool) -> Redacted<DisplayText> {
    guard let born else { return isMasked ? Redacted("") : number ?? Redacted("") }
    return isMasked ? born.map { DisplayText(escaping: String($0.string.suffix(4))) } : born
  }

  /// Both: `SMITH, Ann · 24-Jul-1982`
  func text(isMasked: Bool) -> Redacted<DisplayText> {
    let (name, identity) = (name(isMasked: isMasked), identity(isMasked: isMasked).reveal())
    return name.map { identity.isEmpty ? $0 : "\($0) · \(identity)" }
  }
}
