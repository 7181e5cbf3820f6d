internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

/// A problem of one of several documents, or of all of them.
struct LocatedProblem {
  var line: ProblemLine
  /// Counted from 0; nil when all documents have it.
  var document: Int?

  /// Errors first. What all have is named once, and without a document.
  static func all(of plans: [Plan]) -> [LocatedProblem] {
    guard let first = plans.first else { return [] }
    let isForSeveral = plans.count > 1
    let common = isForSeveral ? first.problems.filter { problem in plans.allSatisfy { $0.problems.contains(problem) } } : []
    let all =
      common.map { LocatedProblem(line: ProblemLine($0), document: nil) }
      + plans.enumerated().flatMap { index, plan in
        plan.problems.filter { !common.contains($0) }.map { problem in
          var line = ProblemLine(problem)
          if isForSeveral { line.document = Redacted(plan.draft.document.chosenName) }
          return LocatedProblem(line: line, document: index)
        }
      }
    return all.filter(\.line.isError) + all.filter { !$0.line.isError }
  }
}

extension ProblemLine {
  init(_ problem: Problem) {
    self.init(isError: problem.severity == .error, field: problem.field, reason: problem.reason, remedy: problem.remedy)
  }
}
