internal import SafeText
internal import TransferEngine

/// Which transfers of a list correct which, so that an original can say what has become of it. A correction goes through the same profile
/// as its original and is newer: where the list has the original, it has the correction.
struct TransferCorrections {
  private let byOrigin: [TransferSnapshot.ID: [TransferSnapshot]]

  init(_ snapshots: [TransferSnapshot] = []) {
    byOrigin = Dictionary(grouping: snapshots.filter { Correction($0) != nil }) { $0.origin ?? $0.id }
  }

  /// What was to correct this one, the latest first.
  func all(of id: TransferSnapshot.ID) -> [TransferSnapshot] { (byOrigin[id] ?? []).sorted { $0.queuedAt > $1.queuedAt } }

  /// The one that says what has become of it.
  func decisive(of id: TransferSnapshot.ID) -> Correction? { Correction.decisive((byOrigin[id] ?? []).compactMap { Correction($0) }) }
}
