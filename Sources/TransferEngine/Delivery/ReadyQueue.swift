internal import DequeModule

/// Who waits for room, the longest first. Adding, removing and taking are quick, however many wait.
struct ReadyQueue: Sendable {
  private struct Place {
    let id: TransferSnapshot.ID
    let number: Int
  }

  /// Those that have left stand here until their turn comes.
  private var places: Deque<Place> = []
  private var numbers: [TransferSnapshot.ID: Int] = [:]
  private var last = 0

  var isEmpty: Bool { numbers.isEmpty }
  var count: Int { numbers.count }

  /// Puts a transfer behind the others; one that waits already keeps its place.
  mutating func append(_ id: TransferSnapshot.ID) {
    guard numbers[id] == nil else { return }
    last += 1
    numbers[id] = last
    places.append(Place(id: id, number: last))
  }

  mutating func remove(_ id: TransferSnapshot.ID) {
    numbers[id] = nil
    if numbers.isEmpty { places.removeAll() }
  }

  mutating func popFirst() -> TransferSnapshot.ID? {
    while let place = places.popFirst() {
      guard numbers[place.id] == place.number else { continue }
      numbers[place.id] = nil
      return place.id
    }
    return nil
  }
}
