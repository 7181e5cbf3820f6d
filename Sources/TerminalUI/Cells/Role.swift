/// What a piece of text means. A theme gives each role its look; a view never names a colour.
///
/// The raw value is the name in a theme file. A name that a theme leaves out takes the look of its longest dotted beginning.
public enum Role: String, Sendable, Hashable, CaseIterable {
  case text
  case textDim = "text.dim"
  case textStrong = "text.strong"
  case surfaceRaised = "surface.raised"
  case border
  case borderFocus = "border.focus"
  case title
  /// The row under the cursor.
  case cursor
  /// What is chosen, in a list of its like.
  case marked
  /// What a search or a filter asks for.
  case match
  /// What cannot be used now.
  case disabled
  case scrollbar

  case bar
  case barTitle = "bar.title"
  case hintKey = "hint.key"
  case hintText = "hint.text"
  case input
  case inputPlaceholder = "input.placeholder"
  case inputInvalid = "input.invalid"
  case label

  case environmentProduction = "env.production"
  case environmentStaging = "env.staging"
  case environmentDevelopment = "env.development"
  case environmentSandbox = "env.sandbox"

  case patientBanner = "patient.banner"
  case patientName = "patient.name"
  case patientWarning = "patient.warning"
  case masked = "patient.masked"

  case confirmTitle = "confirm.title"
  case confirmDanger = "confirm.danger"
  case confirmDefault = "confirm.default"

  case file
  case fileDirectory = "file.dir"
  case fileLink = "file.link"
  case fileOther = "file.other"

  case info = "message.info"
  case success = "message.success"
  case warning = "message.warning"
  case error = "message.error"

  case stateQueued = "state.queued"
  case stateRunning = "state.running"
  case stateFinalizing = "state.finalizing"
  case stateAccepted = "state.accepted"
  case stateWaiting = "state.waiting"
  case statePaused = "state.paused"
  case stateRefused = "state.refused"
  case stateFailed = "state.failed"
  case stateCancelled = "state.cancelled"
  case stateUncertain = "state.uncertain"

  case progressFill = "progress.fill"
  case progressTrack = "progress.track"

  case jsonKey = "json.key"
  case jsonString = "json.string"
  case jsonNumber = "json.number"
  case jsonLiteral = "json.literal"
  case jsonPunctuation = "json.punct"
  case jsonElided = "json.elided"
}
