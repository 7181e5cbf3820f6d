public import ViewModels

extension AppModel: ScreenModel {}
extension SetupModel: ScreenModel {}
