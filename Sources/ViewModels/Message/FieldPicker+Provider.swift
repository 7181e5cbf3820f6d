internal import ClinicalMessages
internal import SafeText

extension FieldPicker {
  /// The providers that are known, the sender first; another number is taken when its check digit is right.
  /// - Parameters:
  ///   - own: The profile's default: whoever sits here, as a rule.
  ///   - isRequired: This kind of message cannot do without one.
  static func provider(_ known: [Provider], own: Provider?, current: Provider?, isRequired: Bool) -> FieldPicker {
    var items = known.map { provider in
      Item(
        value: .provider(provider), code: DisplayText(escaping: provider.id), name: Words.Message.providerName(provider),
        note: provider == own ? Words.Message.ownProvider : DisplayText(escaping: provider.idType),
        words: [provider.id, provider.family, provider.given, provider.credentials, provider == own ? "me" : nil].compactMap(\.self)
          .joined(separator: " ").lowercased())
    }
    if !isRequired {
      items.append(
        Item(
          value: .provider(nil), code: "", name: Words.Message.noProvider, note: "", words: Words.Message.noProvider.string.lowercased()))
    }
    let idType = own?.idType ?? "NPI"
    return FieldPicker(title: Words.Message.label(.provider), items: items, current: .provider(current)) { typed in
      read(typed, idType: idType)
    }
  }

  /// Where providers have an NPI, only digits that are one; elsewhere the site's own numbers, whose form nobody knows.
  private static func read(_ typed: String, idType: String) -> Typed {
    let shown = DisplayText(escaping: typed)
    if NationalProviderIdentifier.isValid(typed) {
      return .value(.provider(Provider(id: typed)), remark: Words.Message.typedNumber(shown))
    }
    guard idType.uppercased() == "NPI" else {
      let isNumber = typed.contains(where: \.isNumber)
      return isNumber
        ? .value(.provider(Provider(id: typed, idType: idType)), remark: Words.Message.typedOwnNumber(shown))
        : .unusable(Words.Message.nobody)
    }
    return .unusable(NationalProviderIdentifier.hasForm(typed) ? Words.Message.mistyped(shown) : Words.Message.nobodyNPI)
  }
}
