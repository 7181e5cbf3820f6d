internal import SafeText
internal import TransferEngine

extension Words {
  enum Decisions {
    static func title(_ transfer: TransferSnapshot) -> DisplayText {
      let which = which(transfer)
      return transfer.purpose == .retract ? "Taking back \(which): done, or not?" : "\(which): in the chart, or not?"
    }
    private static func which(_ transfer: TransferSnapshot) -> DisplayText {
      "\(transfer.fileName.reveal()) for \(transfer.patientName.reveal())"
    }

    static func label(_ way: AppModel.Way) -> DisplayText {
      switch way {
      case .ask: "Ask the destination"
      case .arrived: "It has arrived"
      case .sendAgain: "Send it again"
      case .giveUp: "Give it up"
      }
    }

    static func about(_ way: AppModel.Way, _ purpose: TransferPurpose) -> DisplayText {
      switch way {
      case .ask: "by its document number; sends nothing"
      case .arrived: purpose == .retract ? "I have seen that it is gone from the chart" : "I have seen it in the chart"
      case .sendAgain: "with the same document number"
      case .giveUp: "it is not sent again"
      }
    }

    static func question(_ word: AppModel.LastWord) -> DisplayText {
      switch word {
      case .arrived: "Mark it as arrived?"
      case .giveUp: "Give it up?"
      }
    }

    static func lines(_ word: AppModel.LastWord, _ transfer: TransferSnapshot) -> [DisplayText] {
      let seen: DisplayText = transfer.purpose == .retract ? "that it is gone from the chart" : "it in the chart"
      let what: DisplayText =
        switch word {
        case .arrived: "Do this when you have seen \(seen). Your name is kept with it."
        case .giveUp: "It stays unknown whether it arrived. Your name is kept with it."
        }
      return ["\(which(transfer)).", what]
    }

    static func yes(_ word: AppModel.LastWord, _ purpose: TransferPurpose) -> DisplayText {
      switch word {
      case .arrived: purpose == .retract ? "It is gone" : "It is there"
      case .giveUp: "Give it up"
      }
    }

    static func done(_ word: AppModel.LastWord) -> DisplayText {
      switch word {
      case .arrived: "Marked as arrived."
      case .giveUp: "Given up. It is not sent again."
      }
    }
    static let sentAgain: DisplayText = "It is sent again, with the same document number."

    static let asking: DisplayText = "Asking the destination…"
    static let found: DisplayText = "The destination has it."
    static func notFound(_ time: DisplayText) -> DisplayText {
      "The destination did not have it at \(time). That is no proof: it may still be on its way. Ask again in a while."
    }
    static func cannotAsk(_ reason: DisplayText) -> DisplayText { "It cannot be asked. \(reason)" }
  }
}
