internal import Documents
internal import SafeText
internal import SystemPackage

/// Files that a person chose, while they are read one after the other. A value; often there is just one.
struct Gathering: Equatable {
  /// A file that cannot be sent, and why.
  struct LeftOut: Equatable {
    var path: FilePath
    var reason: DisplayText
  }

  let paths: [FilePath]
  /// What may be sent.
  private(set) var documents: [Document] = []
  private(set) var leftOut: [LeftOut] = []
  private var taken = 0

  init(_ paths: [FilePath]) { self.paths = paths }

  /// The one that is being read; nil when all were.
  var current: FilePath? { taken < paths.count ? paths[taken] : nil }
  /// Counted from 1.
  var number: Int { min(taken + 1, paths.count) }

  /// Takes what reading `current` has given.
  mutating func take(_ result: Result<Document, DocumentError>) {
    guard let path = current else { return }
    taken += 1
    switch result {
    case .success(let document):
      if case .refuse(let reason) = document.inspection.verdict {
        leftOut.append(LeftOut(path: path, reason: reason))
      } else {
        documents.append(document)
      }
    case .failure(let error): leftOut.append(LeftOut(path: path, reason: Words.Browse.reason(error)))
    }
  }

  /// Documents whose inspection has something to say.
  var warnings: [DisplayText] {
    documents.compactMap { if case .warn(let reason) = $0.inspection.verdict { reason } else { nil } }
  }
}
