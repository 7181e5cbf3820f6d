internal import SafeText
internal import TransferEngine

extension AppModel {
  /// Where a key is pressed now.
  var context: KeyContext {
    switch dialog {
    case .help: return .help
    case .themes: return .themes
    case .pick: return .pick
    case .leftOut: return .leftOut
    case .quit, .cancelTransfers, .retryTransfers, .resolve: return .question
    case nil: break
    }
    switch screen {
    case .browse: return browse.prompt == .none ? .browse : .browsePrompt
    case .patient: return patients.isTyping ? .patientForm : .patient
    case .message:
      if message?.picker != nil { return .picker }
      return message?.form.editor == nil ? .message : .fieldEditor
    case .preview: return previewPane?.prompt == nil ? .preview : .previewPrompt
    case .review: return reviewPane?.isRetyping == true ? .retype : .review
    case .transfers:
      if session.transfers.isSearching { return .transfersPrompt }
      return session.transfers.detailed == nil ? .transfers : .transferDetails
    case .profiles: return .profiles
    }
  }

  func dispatch(_ key: Key) {
    notice = nil
    if holdsBack(key) { return }
    let context = context
    let command = Bindings.command(for: key, in: context)
    if command != .quit { justWentBack = false }
    if let command {
      if let reason = availability(of: command).reason {
        let isAboutTransfer = [.cancelTransfer, .retryTransfer, .pauseTransfer, .decide].contains(command)
        tell(.plain, reason, about: isAboutTransfer ? session.transfers.target?.id : nil)
      } else {
        perform(command)
      }
    } else if context.takesText {
      type(key, in: context)
    } else if case .paste = key {
      tell(.plain, Words.App.pasteIgnored)
    } else if context == .message, case .character = key, message.map({ MessageForm.input(of: $0.form.focus) }) == .text {
      tell(.plain, Words.Why.pressEnterToType)
    } else {
      tell(.plain, Words.App.unknownKey(Bindings.helpKey(in: context)))
    }
  }

  private func type(_ key: Key, in context: KeyContext) {
    switch context {
    case .browsePrompt: _ = browse.type(key)
    case .transfersPrompt: _ = session.transfers.type(key)
    case .patient, .patientForm: _ = patients.type(key)
    case .fieldEditor, .picker: _ = message?.type(key)
    case .help:
      if case .help(var list) = dialog, list.type(key) { dialog = .help(list) }
    case .previewPrompt: _ = previewPane?.type(key)
    case .retype: retype(key)
    case .browse, .message, .preview, .review, .transfers, .transferDetails, .profiles, .themes, .question, .welcome, .setupForm, .setupKey,
      .pick, .leftOut:
      break
    }
  }

  /// While a file is read, characters are kept for the search of the patient that comes next.
  private func holdsBack(_ key: Key) -> Bool {
    guard case .reading = inspection, screen == .browse, dialog == nil, browse.prompt == .none, case .character(let character) = key
    else { return false }
    guard patient == nil else {
      // Meant for the next screen, which is not there yet; here it would do something else.
      if ["j", "k", "g", "G"].contains(character) { return false }
      tell(.plain, Words.Browse.stillReading)
      return true
    }
    if typedWhileReading.count < 64 { typedWhileReading.append(character) }
    return true
  }

  func resizeCurrentList() {
    let rows = viewport.rows
    if let dialog, let list = dialog.list {
      if list.window.rows != rows { self.dialog = dialog.resized(rows) }
      return
    }
    // A question has a size of its own; the list behind it keeps its place.
    if context == .question { return }
    switch screen {
    case .browse: browse.setRows(rows)
    case .patient: patients.setRows(rows)
    case .message: message?.setRows(rows)
    case .preview:
      if previewPane?.viewport != viewport { previewPane?.viewport = viewport }
    case .transfers: session.transfers.setRows(rows)
    case .profiles: if profileWindow.rows != rows { profileWindow.resize(rows: rows) }
    case .review: break
    }
  }
}
