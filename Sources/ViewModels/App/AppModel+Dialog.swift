internal import TransferEngine

extension AppModel {
  /// What lies over the screen and takes all keys.
  enum Dialog {
    case help(HelpList)
    case themes(ThemePicker)
    case pick(PickList)
    case quit(running: Int)
    case cancelTransfers([TransferSnapshot])
    case retryTransfers([TransferSnapshot])
    case resolve(LastWord, TransferSnapshot)
    case leftOut(LeftOutList)
  }
}

/// A list in a dialog. A value.
protocol DialogList {
  var window: ListWindow { get }
  mutating func move(_ command: Command)
  mutating func setRows(_ rows: Int)
}

extension HelpList: DialogList {}
extension ThemePicker: DialogList {}
extension PickList: DialogList {}
extension LeftOutList: DialogList {}

extension DialogList {
  fileprivate func moved(_ command: Command) -> Self {
    var list = self
    list.move(command)
    return list
  }

  fileprivate func resized(_ rows: Int) -> Self {
    var list = self
    list.setRows(rows)
    return list
  }
}

extension AppModel.Dialog {
  /// Nil for a question, which has a size of its own and nothing to move in.
  var list: (any DialogList)? {
    switch self {
    case .help(let list): list
    case .themes(let list): list
    case .pick(let list): list
    case .leftOut(let list): list
    case .quit, .cancelTransfers, .retryTransfers, .resolve: nil
    }
  }

  func moved(_ command: Command) -> AppModel.Dialog {
    switch self {
    case .help(let list): .help(list.moved(command))
    case .themes(let list): .themes(list.moved(command))
    case .pick(let list): .pick(list.moved(command))
    case .leftOut(let list): .leftOut(list.moved(command))
    case .quit, .cancelTransfers, .retryTransfers, .resolve: self
    }
  }

  func resized(_ rows: Int) -> AppModel.Dialog {
    switch self {
    case .help(let list): .help(list.resized(rows))
    case .themes(let list): .themes(list.resized(rows))
    case .pick(let list): .pick(list.resized(rows))
    case .leftOut(let list): .leftOut(list.resized(rows))
    case .quit, .cancelTransfers, .retryTransfers, .resolve: self
    }
  }
}
