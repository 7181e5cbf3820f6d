// Generated from themes/*.toml; do not edit. Run the theme tests with CHARTDROP_REGENERATE=1 to write it anew.
// swift-format-ignore-file

enum BuiltInThemes {
  /// The text of each theme file, by its name.
  static let sources: [String: String] = [
    "colour-blind": #"""
      # For eyes that do not tell red from green: blue is well, orange is not, yellow is to be looked at; they differ in brightness too.

      [theme]
      name = "colour-blind"
      about = "blue and orange in place of green and red"
      variant = "dark"
      inherits = "dark"

      [palette]
      ink    = { rgb = "#e4e4e4", c256 = 254, c16 = "white" }
      paper  = { rgb = "#121212", c256 = 233, c16 = "black" }
      faint  = { rgb = "#a8a8a8", c256 = 248, c16 = "bright-black", c8 = "white" }
      accent = { rgb = "#5fafd7", c256 = 74, c16 = "cyan" }
      good   = { rgb = "#87d7ff", c256 = 117, c16 = "bright-cyan", c8 = "cyan" }
      notice = { rgb = "#ffff87", c256 = 228, c16 = "bright-yellow", c8 = "yellow" }
      bad    = { rgb = "#ff8700", c256 = 208, c16 = "yellow" }
      calm   = { rgb = "#afd7ff", c256 = 153, c16 = "bright-blue", c8 = "cyan" }
      upon   = { rgb = "#121212", c256 = 233, c16 = "black" }
      band     = { rgb = "#e4e4e4", c256 = 254, c16 = "white" }
      band-ink = { rgb = "#121212", c256 = 233, c16 = "black" }
      danger     = { rgb = "#ff8700", c256 = 208, c16 = "yellow" }
      danger-ink = { rgb = "#121212", c256 = 233, c16 = "black" }
      """#,
    "dark": #"""
      # The default. It uses the terminal's own sixteen colours and its own background, so that it fits most terminals as they are.
      #
      # A theme that inherits from this one needs a [palette] of its own and nothing else: roles name colours of the palette, and
      # those that name no colour take the ink and paper of "text".

      [theme]
      name = "dark"
      about = "the terminal's own colours, for a dark background"
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
      # What is written upon accent, good and notice.
      upon   = "black"
      # The patient's band.
      band     = "white"
      band-ink = "black"
      # Production.
      danger     = "red"
      danger-ink = "bright-white"

      [roles]
      "text"             = { fg = "ink", bg = "paper" }
      "text.dim"         = { fg = "faint" }
      "text.strong"      = { attr = ["bold"] }
      "surface"          = { fg = "ink", bg = "paper" }
      "border"           = { fg = "faint" }
      "border.focus"     = { fg = "accent" }
      "title"            = { attr = ["bold"] }
      "cursor"           = { fg = "upon", bg = "accent" }
      "marked"           = { fg = "accent", attr = ["bold"] }
      "match"            = { fg = "notice", attr = ["bold"] }
      "disabled"         = { fg = "faint" }
      "scrollbar"        = { fg = "faint" }
      "bar"              = { fg = "ink" }
      "bar.title"        = { fg = "ink", attr = ["bold"] }
      "hint.key"         = { fg = "accent", attr = ["bold"] }
      "hint.text"        = { fg = "ink" }
      "input"            = { attr = ["underline"] }
      "input.placeholder" = { fg = "faint" }
      "input.invalid"    = { fg = "bad" }
      "label"            = { fg = "faint" }
      "env.production"   = { fg = "danger-ink", bg = "danger", attr = ["bold"] }
      "env.staging"      = { fg = "upon", bg = "notice" }
      "env.development"  = { fg = "upon", bg = "good" }
      "env.sandbox"      = { fg = "upon", bg = "accent" }
      "patient.banner"   = { fg = "band-ink", bg = "band" }
      "patient.name"     = { fg = "band-ink", bg = "band", attr = ["bold"] }
      "patient.warning"  = { fg = "notice", attr = ["bold"] }
      "patient.masked"   = { fg = "faint" }
      "confirm.title"    = { attr = ["bold"] }
      "confirm.danger"   = { fg = "bad", attr = ["bold"] }
      "confirm.default"  = { fg = "upon", bg = "accent", attr = ["bold"] }
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
      "json.elided"      = { fg = "upon", bg = "notice" }

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
    "hc-dark": #"""
      # High contrast: everything that is read stands out at 7:1 or more.

      [theme]
      name = "hc-dark"
      about = "high contrast, bright letters on black"
      variant = "dark"
      inherits = "dark"

      [palette]
      ink    = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      paper  = { rgb = "#000000", c256 = 16, c16 = "black" }
      faint  = { rgb = "#d0d0d0", c256 = 252, c16 = "white" }
      accent = { rgb = "#5fd7ff", c256 = 81, c16 = "bright-cyan", c8 = "cyan" }
      good   = { rgb = "#5fff5f", c256 = 83, c16 = "bright-green", c8 = "green" }
      notice = { rgb = "#ffff5f", c256 = 227, c16 = "bright-yellow", c8 = "yellow" }
      bad    = { rgb = "#ffafaf", c256 = 217, c16 = "bright-red", c8 = "red" }
      calm   = { rgb = "#87d7ff", c256 = 117, c16 = "bright-cyan", c8 = "cyan" }
      upon   = { rgb = "#000000", c256 = 16, c16 = "black" }
      band     = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      band-ink = { rgb = "#000000", c256 = 16, c16 = "black" }
      danger     = { rgb = "#870000", c256 = 88, c16 = "red" }
      danger-ink = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      """#,
    "hc-light": #"""
      # High contrast: everything that is read stands out at 7:1 or more.

      [theme]
      name = "hc-light"
      about = "high contrast, black letters on white"
      variant = "light"
      inherits = "dark"

      [palette]
      ink    = { rgb = "#000000", c256 = 16, c16 = "black" }
      paper  = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      faint  = { rgb = "#3a3a3a", c256 = 237, c16 = "black" }
      accent = { rgb = "#0000af", c256 = 19, c16 = "blue" }
      good   = { rgb = "#005f00", c256 = 22, c16 = "green" }
      notice = { rgb = "#5f0087", c256 = 54, c16 = "magenta" }
      bad    = { rgb = "#870000", c256 = 88, c16 = "red" }
      calm   = { rgb = "#00005f", c256 = 17, c16 = "blue" }
      upon   = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      band     = { rgb = "#dadada", c256 = 253, c16 = "white", c8 = "cyan" }
      band-ink = { rgb = "#000000", c256 = 16, c16 = "black" }
      danger     = { rgb = "#870000", c256 = 88, c16 = "red" }
      danger-ink = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      """#,
    "light": #"""
      # For light backgrounds: its own paper and inks, so that nothing depends on how a terminal mixes yellow.

      [theme]
      name = "light"
      about = "dark letters on white"
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
      upon   = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      band     = { rgb = "#d7d7d7", c256 = 188, c16 = "white", c8 = "cyan" }
      band-ink = { rgb = "#1c1c1c", c256 = 234, c16 = "black" }
      danger     = { rgb = "#af0000", c256 = 124, c16 = "red" }
      danger-ink = { rgb = "#ffffff", c256 = 231, c16 = "bright-white", c8 = "white" }
      """#,
    "mono": #"""
      # No colours, whatever the terminal has: bold, underline and reverse only.

      [theme]
      name = "mono"
      about = "no colours: bold, underlined and reversed letters only"
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
