internal import TransferEngine
internal import ViewModels

extension ProfileBadge {
  init(_ profile: ProfileSummary) {
    self.init(environment: Environment(profile.environment), isProduction: profile.isProduction, isSandbox: profile.isSandbox)
  }

  init(_ row: ProfilesState.Row) {
    self.init(environment: Environment(row.environment), isProduction: row.isProduction, isSandbox: row.isSandbox)
  }
}

extension ProfileBadge.Environment {
  init(_ environment: ProfileSummary.Environment) {
    switch environment {
    case .development: self = .development
    case .staging: self = .staging
    case .production: self = .production
    }
  }
}
