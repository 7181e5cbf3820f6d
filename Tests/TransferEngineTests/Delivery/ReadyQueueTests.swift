import Testing

@testable import TransferEngine

@Suite("Who waits for room")
struct ReadyQueueTests {
  private func ids(_ words: String...) -> [TransferSnapshot.ID] { words.map { TransferSnapshot.ID($0) } }

  private func all(_ queue: inout ReadyQueue) -> [TransferSnapshot.ID] {
    var taken: [TransferSnapshot.ID] = []
    while let id = queue.popFirst() { taken.append(id) }
    return taken
  }

  @Test("The longest waiting first, each once")
  func order() {
    var queue = ReadyQueue()
    for id in ids("a", "b", "a", "c") { queue.append(id) }
    #expect(queue.count == 3)
    #expect(all(&queue) == ids("a", "b", "c"))
    #expect(queue.isEmpty)
  }

  @Test("Who has left and comes back stands behind the others")
  func leaving() {
    var queue = ReadyQueue()
    for id in ids("a", "b", "c") { queue.append(id) }
    queue.remove(TransferSnapshot.ID("a"))
    queue.append(TransferSnapshot.ID("a"))
    #expect(all(&queue) == ids("b", "c", "a"))
  }
}
