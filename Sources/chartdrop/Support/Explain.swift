import Documents
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

  static func outbox(_ error: OutboxError) -> DisplayText {
    switch error {
    case .diskFull: "The disk is full, so the send cannot be recorded. Nothing was sent. Make room, then try again."
    case .notWritable(let reason): "The send cannot be recorded, so nothing was sent. \(reason)"
    case .damaged(let reason): "The record of sends is damaged and is left as it is; nothing was sent. \(reason)"
    case .fromTheFuture: "The record of sends was written by a newer version of chartdrop; use that one. Nothing was sent."
    }
  }
}
