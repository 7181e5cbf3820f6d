internal import ClinicalMessages
internal import Documents
internal import SafeText
internal import TransferEngine

/// The form in words.
extension MessageModel {
  var longKind: DisplayText { Words.Message.longKind(plan.draft) }

  /// How the document that is shown travels.
  var methodLine: MethodLine { MethodLine(plan, limits: limits) }

  var previewPlace: PreviewState.Place? {
    guard isForSeveral else { return nil }
    return .init(number: Words.Together.place(shown + 1, of: documents.count), name: Redacted(document.chosenName))
  }

  var state: MessageState {
    MessageState(
      document: DocumentSummary(document, clock: clock), together: isForSeveral ? DocumentsSummary(documents) : nil, kind: form.kind,
      kinds: MessageKind.allCases.enumerated().map { index, kind in
        MessageState.KindChoice(kind: kind, key: "\(index + 1)", label: Words.Message.kind(kind), isChosen: kind == form.kind)
      }, fields: form.fields.map(row), problems: isForSeveral ? problemsFromCurrent : problems,
      method: isForSeveral ? MethodLine(plans) : methodLine)
  }

  private func row(_ field: FormField) -> MessageState.FormRow {
    let isFocused = field == form.focus
    let label = Words.Message.label(field)
    let problem = problems.first { $0.field == Words.Message.problemField(field) }
    return MessageState.FormRow(
      field: field, label: field == .proceed ? (canBeSent ? Words.Message.proceed : Words.Message.proceedWithProblems) : label,
      value: Redacted(value(field)), placeholder: placeholder(field), input: MessageForm.input(of: field), isFocused: isFocused,
      editor: isFocused ? form.editor : nil, remark: isFocused && form.remark != nil ? form.remark : (remark(field) ?? problem?.ownReason))
  }

  private func value(_ field: FormField) -> DisplayText {
    switch field {
    case .kind: longKind
    case .documentType where form.hasTypeByFile: typesByFile
    case .documentType: Words.Review.type(form.values.documentType)
    case .provider: form.values.provider.map(Words.Message.provider) ?? ""
    case .completion: Words.Message.completion(form.values.completion)
    case .confidentiality: Words.Message.confidentiality(form.values.confidentiality)
    case .method: form.forcedMethod.map(Words.Message.method) ?? "\(Words.Message.automatic): \(Words.Message.method(plan.method.method))"
    case .proceed: ""
    default: DisplayText(escaping: form.text(of: field, clock: clock))
    }
  }

  private var typesByFile: DisplayText {
    var types: [(name: DisplayText, count: Int)] = []
    for type in plans.map({ DisplayText(escaping: $0.draft.fields.documentType.display) }) {
      if let index = types.firstIndex(where: { $0.name == type }) { types[index].count += 1 } else { types.append((type, 1)) }
    }
    return Words.Together.byFile(types)
  }

  private func placeholder(_ field: FormField) -> DisplayText {
    switch field {
    case .title: isForSeveral ? Words.Together.ownNames : Words.Message.fileName
    case .serviceDate: Words.Message.dateFormat
    case .provider, .providerFamily, .providerGiven, .visitNumber, .orderNumber: Words.Message.none
    case .kind, .documentType, .completion, .confidentiality, .method, .proceed: ""
    }
  }

  /// At the way: which one is closed and why.
  private func remark(_ field: FormField) -> DisplayText? {
    guard field == .method else { return nil }
    let closed = DeliveryMethod.allCases.compactMap { method in
      plan.method.closed[method].map { Words.Message.closed(method, $0) }
    }
    return closed.isEmpty ? nil : closed.joined(separator: " ")
  }
}
