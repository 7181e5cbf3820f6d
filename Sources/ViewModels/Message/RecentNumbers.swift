internal import ClinicalMessages

/// Visit and order numbers that were sent for a patient since the program was started. They are never written down.
struct RecentNumbers {
  private static let longest = 5
  private var visits: [Patient.ID: [String]] = [:]
  private var orders: [Patient.ID: [String]] = [:]

  /// Newest first; empty for fields that hold no such number.
  func numbers(for field: FormField, of patient: Patient.ID) -> [String] {
    switch field {
    case .visitNumber: visits[patient] ?? []
    case .orderNumber: orders[patient] ?? []
    default: []
    }
  }

  mutating func note(_ fields: MessageFields, of patient: Patient.ID) {
    Self.put(fields.visitNumber, into: &visits[patient, default: []])
    Self.put(fields.orderNumber, into: &orders[patient, default: []])
  }

  private static func put(_ number: String?, into numbers: inout [String]) {
    guard let number else { return }
    numbers.removeAll { $0 == number }
    numbers.insert(number, at: 0)
    numbers = Array(numbers.prefix(longest))
  }
}
