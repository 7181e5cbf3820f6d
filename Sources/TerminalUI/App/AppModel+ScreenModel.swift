public import ViewModels

extension AppModel: ScreenModel {}
