internal import ClinicalMessages
internal import SafeText

extension FieldPicker {
  /// Every document type that is offered, group after group; another code is taken when its check digit is right.
  static func documentType(current: CodedValue) -> FieldPicker {
    let items = DocumentTypeCatalog.groups.flatMap { group in
      group.types.map { type in
        Item(
          value: .documentType(type), code: DisplayText(escaping: type.code), name: DisplayText(escaping: type.display), note: group.name,
          words: "\(type.code) \(type.display) \(group.name.string)".lowercased())
      }
    }
    // The same code may be called differently in a configuration.
    let listed = DocumentTypeCatalog.type(code: current.code) ?? current
    return FieldPicker(title: Words.Message.label(.documentType), items: items, current: .documentType(listed)) { typed in
      let shown = DisplayText(escaping: typed)
      if LOINC.isWellFormed(typed) {
        return .value(.documentType(CodedValue(code: typed, display: typed)), remark: Words.Message.typedCode(shown))
      }
      let isCode = typed.contains("-") && typed.allSatisfy { $0.isNumber || $0 == "-" }
      return .unusable(isCode ? Words.Message.mistyped(shown) : Words.Message.noType)
    }
  }
}
