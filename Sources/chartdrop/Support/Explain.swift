import Documents
import Patients
import SafeText
import TransferEngine

/// What went wrong, what it means and what to do, for a command's reader.
enum Explain {
  static func document(_ error: DocumentError) -> DisplayText {
    switch error {
    case .notFound: "There is no such file."
    case .permissionDenied: "You may not read this file."
    case .isDirectory: "This is a folder; name the files in it."
    case .notRegular(let kind): "This is no document but a \(kind)."
    case .danglingLink: "This link leads nowhere."
    case .changedWhileReading: "The file changed while it was being read; wait until it is complete."
    case .unreadable(let number): "The file cannot be read (system error \(number))."
    case .cancelled: "Reading was stopped."
    }
  }

  static func roster(_ error: RosterError) -> DisplayText {
    switch error {
    case .unreadable(2): "The roster file does not exist; the configuration's `roster` names it."
    case .unreadable(let number): "The roster cannot be read (system error \(number))."
    case .duplicate(let record): "The roster has two patients with the same id; the second is record \(record). Make ids unique."
    case .malformed(let record, let field, let reason): "Roster, record \(record), \(field): \(reason)"
    case .missingColumn(let name): "The roster has no column \(name); `roster_columns` in the configuration maps the names."
    case .unknownField(let name): "`roster_columns` speaks of \(name), which rosters do not have."
    case .unknownFormat: "The roster is neither CSV nor FHIR Patient resources (a Bundle or NDJSON)."
    }
  }

  static func outbox(_ error: OutboxError) -> DisplayText {
    switch error {
    case .diskFull: "The disk is full, so the send cannot be recorded. Nothing was sent. Make room, then try again."
    case .notWritable(let reason): "The send cannot be recorded, so nothing was sent. \(reason)"
    case .damaged(let reason): "The record of sends is damaged and is left as it is; nothing was sent. \(reason)"
    case .fromTheFuture: "The record of sends was written by a newer version of chartdrop; use that one. Nothing was sent."
    }
  }
}
