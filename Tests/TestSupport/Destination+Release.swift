public import RedoxAPI

extension Destination {
  /// Sends a message that nothing holds back.
  public func send(_ request: MessageRequest, progress: @escaping ProgressHandler) async throws(DestinationError) -> MessageReceipt {
    try await send(request, progress: progress, release: { true })
  }
}
