internal import ClinicalMessages
internal import Documents
internal import TransferEngine

extension MethodLine {
  init(_ plan: Plan, limits: Limits) {
    self.init(
      method: Words.Message.method(plan.method.method), reason: plan.method.reason,
      size: plan.method.method == .embed
        ? Words.Message.sizeOf(sent: plan.requestByteCount, limit: limits.requestBytes)
        : Words.Message.uploadSize(
          file: plan.draft.document.identity.byteCount, limit: limits.uploadBytes, message: plan.requestByteCount))
  }

  /// Of several documents.
  init(_ plans: [Plan]) {
    let embedded = plans.count { $0.method.method == .embed }
    self.init(
      method: Words.Together.methods(embedded: embedded, uploaded: plans.count - embedded), reason: Words.Together.methodByFile,
      size: Words.Together.sizeInAll(plans.reduce(0) { $0 + $1.byteCountAsSent }))
  }
}

extension Plan {
  /// Everything that travels: the message, and the file where it is uploaded.
  var byteCountAsSent: Int { requestByteCount + (method.method == .upload ? draft.document.identity.byteCount : 0) }
}
