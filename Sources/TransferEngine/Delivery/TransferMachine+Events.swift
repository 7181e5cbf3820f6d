internal import RedoxAPI

extension TransferMachine {
  enum Event: Sendable, Hashable {
    /// This process works on it from now on: it is new, adopted, or taken back.
    case entered
    /// There is room for one more transfer.
    case start
    case prepared
    case uploaded(uri: String, status: Int)
    case progressed(DeliveryProgress.Phase)
    /// All of the message but its last part has left, or is about to; that part waits for `release`.
    case lastPart
    case answered(MessageReceipt)
    /// The work under way has failed. `jitter` is 0 ..< 1.
    case failed(DestinationError, jitter: Double)
    case cancelRequested
    case pauseRequested
    /// Goes on after a pause; ends a hold.
    case resumeRequested
    /// Held back for so many seconds first, like what was submitted, so that it can be called off.
    case retryRequested(hold: Double = 0)
    /// Another process is to go on with it.
    case leaveRequested
    /// A person's word on an uncertain transfer. What is sent again is held back for so many seconds first.
    case decided(Resolution, by: String, hold: Double = 0)
    /// The destination was asked about an uncertain transfer and has the document.
    case found(locations: [String], by: String)
    /// It was asked, and did not have it then.
    case notFound
    /// What was reviewed cannot be sent as it was reviewed any more.
    case unfit(TransferFailure)
    /// The outbox could not take a commit that something was to follow, which was not done.
    case notRecorded(TransferFailure)
  }

  enum Action: Sendable, Hashable {
    /// Write this machine to the outbox; nothing after this happens unless that has worked.
    case commit
    case prepare
    case upload
    /// With the upload's URI, or with the file inside.
    case send(uploadURI: String?)
    /// Let the message's last part go: from now on Redox may have it whole.
    case release
    /// Cancel the work under way; it still reports how it ended.
    case stop
    /// Wait for room, then `start`.
    case enqueue
    /// After so many seconds, whatever the machine's clock does meanwhile, wait for room.
    case wake(after: Double)
    /// It is nobody's now: give the room back.
    case rest
    /// Give the room back.
    case end
  }

  /// Whose a transfer is once a commit of this machine is on the disk.
  enum Ownership: Sendable, Hashable {
    case mine
    /// Ended or paused.
    case nobodys
    /// Nobody's, and the next process is to go on with it.
    case handedOver
  }
}
