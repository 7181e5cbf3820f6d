internal import ClinicalMessages
internal import SafeText

extension Words {
  enum Decisions {
    static func title(_ file: DisplayText, _ patient: DisplayText) -> DisplayText { "\(file) for \(patient): in the chart, or not?" }

    static func label(_ way: AppModel.Way) -> DisplayText {
      switch way {
      case .ask: "Ask the destination"
      case .arrived: "It has arrived"
      case .sendAgain: "Send it again"
      case .giveUp: "Give it up"
      }
    }

    static func about(_ way: AppModel.Way) -> DisplayText {
      switch way {
      case .ask: "by its document number; sends nothing"
      case .arrived: "I have seen it in the chart"
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

    static func lines(_ word: AppModel.LastWord, file: DisplayText, patient: DisplayText) -> [DisplayText] {
      switch word {
      case .arrived: ["\(file) for \(patient).", "Do this when you have seen it in the chart. Your name is kept with it."]
      case .giveUp: ["\(file) for \(patient).", "It stays unknown whether it arrived. Your name is kept with it."]
      }
    }

    static func yes(_ word: AppModel.LastWord) -> DisplayText {
      switch word {
      case .arrived: "It is there"
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
