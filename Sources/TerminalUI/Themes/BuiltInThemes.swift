// Generated from themes/*.toml; do not edit. Run the theme tests with CHARTDROP_REGENERATE=1 to write it anew.
// swift-format-ignore-file

enum BuiltInThemes {
  /// The text of each theme file, by its name.
  static let sources: [String: String] = [
    "dark": #"""
      # The default. It uses the terminal's own sixteen colours and its own background, so that it fits most terminals as they are.

      [theme]
      name = "dark"
      variant = "dark"

      [palette]
      ink    = "default"
      paper  = "default"
      faint  = { c16 = "bright-black", c8 = "white", c256 = 245, rgb = "#8a8a8a" }
      accent = "cyan"
      good   = "green"
      notice = "yellow"
      bad    = { c16 = "bright-red", c8 = "red" }
      calm   = { c16 = "bright-blue", c8 = "cyan" }

      [roles]
      "text"             = { fg = "ink", bg = "paper" }
      "text.dim"         = { fg = "faint" }
      "text.strong"      = { attr = ["bold"] }
      "surface"          = { fg = "ink", bg = "paper" }
      "border"           = { fg = "faint" }
      "border.focus"     = { fg = "accent" }
      "title"            = { attr = ["bold"] }
      "cursor"           = { fg = "black", bg = "cyan" }
      "marked"           = { fg = "accent", attr = ["bold"] }
      "match"            = { fg = "notice", attr = ["bold"] }
      "disabled"         = { fg = "faint" }
      "scrollbar"        = { fg = "faint" }
      "bar"              = { fg = "ink" }
      "bar.title"        = { fg = "ink", attr = ["bold"] }
      "hint.key"         = { fg = "accent", attr = ["bold"] }
      "hint.text"        = { fg = "ink" }
      "hint.disabled"    = { fg = "faint" }
      "input"            = { attr = ["underline"] }
      "input.placeholder" = { fg = "faint" }
      "input.invalid"    = { fg = "bad" }
      "label"            = { fg = "faint" }
      "env.production"   = { fg = "bright-white", bg = "red", attr = ["bold"] }
      "env.staging"      = { fg = "black", bg = "yellow" }
      "env.development"  = { fg = "black", bg = "green" }
      "env.sandbox"      = { fg = "black", bg = "cyan" }
      "patient.banner"   = { fg = "black", bg = "white" }
      "patient.name"     = { fg = "black", bg = "white", attr = ["bold"] }
      "patient.warning"  = { fg = "notice", attr = ["bold"] }
      "patient.masked"   = { fg = "faint" }
      "confirm.title"    = { attr = ["bold"] }
      "confirm.danger"   = { fg = "bad", attr = ["bold"] }
      "confirm.default"  = { attr = ["reverse", "bold"] }
      "file"             = { fg = "ink" }
      "file.dir"         = { fg = "calm", attr = ["bold"] }
      "file.link"        = { fg = "accent" }
      "file.other"       = { fg = "faint" }
      "message.info"     = { fg = "ink" }
      "message.success"  = { fg = "good" }
      "message.warning"  = { fg = "notice" }
      "message.error"    = { fg = "bad", attr = ["bold"] }
      "state"            = { fg = "ink" }
      "state.queued"     = { fg = "faint" }
      "state.running"    = { fg = "accent" }
      "state.finalizing" = { fg = "accent" }
      "state.accepted"   = { fg = "good" }
      "state.waiting"    = { fg = "notice" }
      "state.paused"     = { fg = "notice" }
      "state.refused"    = { fg = "bad", attr = ["bold"] }
      "state.failed"     = { fg = "bad", attr = ["bold"] }
      "state.cancelled"  = { fg = "faint" }
      "state.uncertain"  = { fg = "notice", attr = ["bold"] }
      "progress.fill"    = { fg = "accent" }
      "progress.track"   = { fg = "faint" }
      "json.key"         = { fg = "accent" }
      "json.string"      = { fg = "good" }
      "json.number"      = { fg = "notice" }
      "json.literal"     = { fg = "notice" }
      "json.punct"       = { fg = "faint" }
      "json.elided"      = { fg = "black", bg = "yellow" }

      # Without colours: attributes only. `NO_COLOR` leads here too.
      [mono]
      "text.dim"         = []
      "text.strong"      = ["bold"]
      "title"            = ["bold"]
      "cursor"           = ["reverse"]
      "marked"           = ["bold"]
      "match"            = ["underline"]
      "bar.title"        = ["bold"]
      "hint.key"         = ["bold"]
      "input"            = ["underline"]
      "input.invalid"    = ["underline", "bold"]
      "env"              = ["reverse"]
      "env.production"   = ["reverse", "bold"]
      "patient.banner"   = ["reverse"]
      "patient.name"     = ["reverse", "bold"]
      "patient.warning"  = ["bold"]
      "confirm.title"    = ["bold"]
      "confirm.danger"   = ["bold"]
      "confirm.default"  = ["reverse", "bold"]
      "file.dir"         = ["bold"]
      "message.warning"  = ["bold"]
      "message.error"    = ["bold"]
      "state.refused"    = ["bold"]
      "state.failed"     = ["bold"]
      "state.uncertain"  = ["bold"]
      "json.elided"      = ["reverse"]

      [glyphs]
      border = "light"
      bar_full = "█"
      bar_empty = "░"
      """#,
    "light": #"""
      # For light backgrounds: its own paper and inks, so that nothing depends on how a terminal mixes yellow.

      [theme]
      name = "light"
      variant = "light"
      inherits = "dark"

      [palette]
      ink    = { rgb = "#1c1c1c", c256 = 234, c16 = "black" }
      paper  = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      faint  = { rgb = "#5f5f5f", c256 = 59, c16 = "bright-black", c8 = "black" }
      accent = { rgb = "#005f87", c256 = 24, c16 = "blue" }
      good   = { rgb = "#005f00", c256 = 22, c16 = "green" }
      notice = { rgb = "#875f00", c256 = 94, c16 = "magenta" }
      bad    = { rgb = "#af0000", c256 = 124, c16 = "red" }
      calm   = { rgb = "#0000af", c256 = 19, c16 = "blue" }
      band   = { rgb = "#d7d7d7", c256 = 188, c16 = "white", c8 = "cyan" }

      [roles]
      "text"             = { fg = "ink", bg = "paper" }
      "text.dim"         = { fg = "faint", bg = "paper" }
      "text.strong"      = { fg = "ink", bg = "paper", attr = ["bold"] }
      "surface"          = { fg = "ink", bg = "paper" }
      "border"           = { fg = "faint", bg = "paper" }
      "border.focus"     = { fg = "accent", bg = "paper" }
      "title"            = { fg = "ink", bg = "paper", attr = ["bold"] }
      "cursor"           = { fg = "paper", bg = "accent" }
      "marked"           = { fg = "accent", bg = "paper", attr = ["bold"] }
      "match"            = { fg = "notice", bg = "paper", attr = ["bold"] }
      "disabled"         = { fg = "faint", bg = "paper" }
      "scrollbar"        = { fg = "faint", bg = "paper" }
      "bar"              = { fg = "ink", bg = "paper" }
      "bar.title"        = { fg = "ink", bg = "paper", attr = ["bold"] }
      "hint.key"         = { fg = "accent", bg = "paper", attr = ["bold"] }
      "hint.text"        = { fg = "ink", bg = "paper" }
      "hint.disabled"    = { fg = "faint", bg = "paper" }
      "input"            = { fg = "ink", bg = "paper", attr = ["underline"] }
      "input.placeholder" = { fg = "faint", bg = "paper" }
      "input.invalid"    = { fg = "bad", bg = "paper" }
      "label"            = { fg = "faint", bg = "paper" }
      "env.production"   = { fg = "paper", bg = "bad", attr = ["bold"] }
      "env.staging"      = { fg = "paper", bg = "notice" }
      "env.development"  = { fg = "paper", bg = "good" }
      "env.sandbox"      = { fg = "paper", bg = "accent" }
      "patient.banner"   = { fg = "ink", bg = "band" }
      "patient.name"     = { fg = "ink", bg = "band", attr = ["bold"] }
      "patient.warning"  = { fg = "bad", bg = "paper", attr = ["bold"] }
      "patient.masked"   = { fg = "faint", bg = "paper" }
      "confirm.title"    = { fg = "ink", bg = "paper", attr = ["bold"] }
      "confirm.danger"   = { fg = "bad", bg = "paper", attr = ["bold"] }
      "confirm.default"  = { fg = "paper", bg = "accent", attr = ["bold"] }
      "file"             = { fg = "ink", bg = "paper" }
      "file.dir"         = { fg = "calm", bg = "paper", attr = ["bold"] }
      "file.link"        = { fg = "accent", bg = "paper" }
      "file.other"       = { fg = "faint", bg = "paper" }
      "message.info"     = { fg = "ink", bg = "paper" }
      "message.success"  = { fg = "good", bg = "paper" }
      "message.warning"  = { fg = "notice", bg = "paper" }
      "message.error"    = { fg = "bad", bg = "paper", attr = ["bold"] }
      "state"            = { fg = "ink", bg = "paper" }
      "state.queued"     = { fg = "faint", bg = "paper" }
      "state.running"    = { fg = "accent", bg = "paper" }
      "state.finalizing" = { fg = "accent", bg = "paper" }
      "state.accepted"   = { fg = "good", bg = "paper" }
      "state.waiting"    = { fg = "notice", bg = "paper" }
      "state.paused"     = { fg = "notice", bg = "paper" }
      "state.refused"    = { fg = "bad", bg = "paper", attr = ["bold"] }
      "state.failed"     = { fg = "bad", bg = "paper", attr = ["bold"] }
      "state.cancelled"  = { fg = "faint", bg = "paper" }
      "state.uncertain"  = { fg = "notice", bg = "paper", attr = ["bold"] }
      "progress.fill"    = { fg = "accent", bg = "paper" }
      "progress.track"   = { fg = "faint", bg = "paper" }
      "json.key"         = { fg = "accent", bg = "paper" }
      "json.string"      = { fg = "good", bg = "paper" }
      "json.number"      = { fg = "notice", bg = "paper" }
      "json.literal"     = { fg = "notice", bg = "paper" }
      "json.punct"       = { fg = "faint", bg = "paper" }
      "json.elided"      = { fg = "paper", bg = "notice" }
      """#,
    "mono": #"""
      # No colours, whatever the terminal has: bold, underline and reverse only.

      [theme]
      name = "mono"
      variant = "any"
      inherits = "dark"

      [palette]

      [roles]
      "text"              = { fg = "default", bg = "default", attr = [] }
      "text.dim"          = { fg = "default", bg = "default", attr = [] }
      "text.strong"       = { fg = "default", bg = "default", attr = ["bold"] }
      "surface"           = { fg = "default", bg = "default", attr = [] }
      "border"            = { fg = "default", bg = "default", attr = [] }
      "border.focus"      = { fg = "default", bg = "default", attr = [] }
      "title"             = { fg = "default", bg = "default", attr = ["bold"] }
      "cursor"            = { fg = "default", bg = "default", attr = ["reverse"] }
      "marked"            = { fg = "default", bg = "default", attr = ["bold"] }
      "match"             = { fg = "default", bg = "default", attr = ["underline"] }
      "disabled"          = { fg = "default", bg = "default", attr = [] }
      "scrollbar"         = { fg = "default", bg = "default", attr = [] }
      "bar"               = { fg = "default", bg = "default", attr = [] }
      "bar.title"         = { fg = "default", bg = "default", attr = ["bold"] }
      "hint.key"          = { fg = "default", bg = "default", attr = ["bold"] }
      "hint.text"         = { fg = "default", bg = "default", attr = [] }
      "hint.disabled"     = { fg = "default", bg = "default", attr = [] }
      "input"             = { fg = "default", bg = "default", attr = ["underline"] }
      "input.placeholder" = { fg = "default", bg = "default", attr = ["underline"] }
      "input.invalid"     = { fg = "default", bg = "default", attr = ["underline", "bold"] }
      "label"             = { fg = "default", bg = "default", attr = [] }
      "env.production"    = { fg = "default", bg = "default", attr = ["reverse", "bold"] }
      "env.staging"       = { fg = "default", bg = "default", attr = ["reverse"] }
      "env.development"   = { fg = "default", bg = "default", attr = ["reverse"] }
      "env.sandbox"       = { fg = "default", bg = "default", attr = ["reverse"] }
      "patient.banner"    = { fg = "default", bg = "default", attr = ["reverse"] }
      "patient.name"      = { fg = "default", bg = "default", attr = ["reverse", "bold"] }
      "patient.warning"   = { fg = "default", bg = "default", attr = ["bold"] }
      "patient.masked"    = { fg = "default", bg = "default", attr = [] }
      "confirm.title"     = { fg = "default", bg = "default", attr = ["bold"] }
      "confirm.danger"    = { fg = "default", bg = "default", attr = ["bold"] }
      "confirm.default"   = { fg = "default", bg = "default", attr = ["reverse", "bold"] }
      "file"              = { fg = "default", bg = "default", attr = [] }
      "file.dir"          = { fg = "default", bg = "default", attr = ["bold"] }
      "file.link"         = { fg = "default", bg = "default", attr = [] }
      "file.other"        = { fg = "default", bg = "default", attr = [] }
      "message.info"      = { fg = "default", bg = "default", attr = [] }
      "message.success"   = { fg = "default", bg = "default", attr = [] }
      "message.warning"   = { fg = "default", bg = "default", attr = ["bold"] }
      "message.error"     = { fg = "default", bg = "default", attr = ["bold"] }
      "state"             = { fg = "default", bg = "default", attr = [] }
      "state.queued"      = { fg = "default", bg = "default", attr = [] }
      "state.running"     = { fg = "default", bg = "default", attr = [] }
      "state.finalizing"  = { fg = "default", bg = "default", attr = [] }
      "state.accepted"    = { fg = "default", bg = "default", attr = [] }
      "state.waiting"     = { fg = "default", bg = "default", attr = [] }
      "state.paused"      = { fg = "default", bg = "default", attr = [] }
      "state.refused"     = { fg = "default", bg = "default", attr = ["bold"] }
      "state.failed"      = { fg = "default", bg = "default", attr = ["bold"] }
      "state.cancelled"   = { fg = "default", bg = "default", attr = [] }
      "state.uncertain"   = { fg = "default", bg = "default", attr = ["bold"] }
      "progress.fill"     = { fg = "default", bg = "default", attr = [] }
      "progress.track"    = { fg = "default", bg = "default", attr = [] }
      "json.key"          = { fg = "default", bg = "default", attr = [] }
      "json.string"       = { fg = "default", bg = "default", attr = [] }
      "json.number"       = { fg = "default", bg = "default", attr = [] }
      "json.literal"      = { fg = "default", bg = "default", attr = [] }
      "json.punct"        = { fg = "default", bg = "default", attr = [] }
      "json.elided"       = { fg = "default", bg = "default", attr = ["reverse"] }
      """#,
  ]
}
