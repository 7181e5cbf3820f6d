internal import SafeText

/// Kinds that charts take.
extension FileKind {
  static let pdf = FileKind("PDF document", "application/pdf", "PDF", ["pdf"])
  static let rtf = FileKind("RTF document", "application/rtf", "RTF", ["rtf"])

  static let doc = FileKind("Word document", "application/msword", "DOC", ["doc", "dot", "wbk"])
  static let xls = FileKind("Excel workbook", "application/vnd.ms-excel", "XLS", ["xls", "xlt", "xlm"])
  static let ppt = FileKind("PowerPoint presentation", "application/vnd.ms-powerpoint", "PPT", ["ppt", "pot", "pps"])

  static let docx = FileKind(
    "Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX", ["docx", "dotx", "docm", "dotm"])
  static let xlsx = FileKind(
    "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", ["xlsx", "xltx", "xlsm", "xltm", "xlsb"])
  static let pptx = FileKind(
    "PowerPoint presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX",
    ["pptx", "potx", "ppsx", "pptm", "potm", "ppsm"])

  static let odt = FileKind("OpenDocument text", "application/vnd.oasis.opendocument.text", "ODT", ["odt", "ott"])
  static let ods = FileKind("OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "ODS", ["ods", "ots"])
  static let odp = FileKind("OpenDocument presentation", "application/vnd.oasis.opendocument.presentation", "ODP", ["odp", "otp"])
  static let odg = FileKind("OpenDocument drawing", "application/vnd.oasis.opendocument.graphics", "ODG", ["odg", "otg"])
  static let flatOpenDocument = FileKind("OpenDocument text in XML", "application/xml", "XML", ["fodt", "fods", "fodp", "fodg", "xml"])

  static let plainText = FileKind("text", "text/plain; charset=utf-8", "TXT", ["txt", "text", "log", "asc"])
  static let markdown = FileKind("Markdown text", "text/markdown; charset=utf-8", "MD", ["md", "markdown"])
  static let csv = FileKind("comma-separated values", "text/csv; charset=utf-8", "CSV", ["csv"])
  static let tsv = FileKind("tab-separated values", "text/tab-separated-values; charset=utf-8", "TSV", ["tsv", "tab"])
  static let html = FileKind("HTML page", "text/html; charset=utf-8", "HTML", ["html", "htm", "xhtml", "xht"])
  static let xml = FileKind("XML document", "text/xml", "XML", ["xml", "xsd", "xsl", "xslt", "rdf", "txt"])
  static let svg = FileKind("SVG drawing", "image/svg+xml", "SVG", ["svg", "xml"])
  static let cda = FileKind("CDA document", "text/xml", "XML", ["xml", "cda", "ccd", "ccda", "txt"])
  static let fhirXML = FileKind("FHIR resource in XML", "application/fhir+xml", "XML", ["xml", "fhir", "txt"])
  static let json = FileKind("JSON document", "application/json", "JSON", ["json", "ndjson", "jsonl", "geojson", "txt"])
  static let fhirJSON = FileKind("FHIR resource in JSON", "application/fhir+json", "JSON", ["json", "ndjson", "fhir", "txt"])
  static let hl7v2 = FileKind("HL7 v2 message", "x-application/hl7-v2+er7", "HL7", ["hl7", "er7", "txt", "msg", "dat"])
  static let mail = FileKind("e-mail message", "message/rfc822", "EML", ["eml", "mht", "mhtml", "mbox", "txt", "mail"])
  static let outlookMail = FileKind("Outlook message", "application/vnd.ms-outlook", "MSG", ["msg", "oft"])
  static let vcard = FileKind("contact card", "text/vcard; charset=utf-8", "VCF", ["vcf", "vcard", "txt"])
  static let calendar = FileKind("calendar entry", "text/calendar; charset=utf-8", "ICS", ["ics", "ical", "txt"])

  static let dicom = FileKind("DICOM image", "application/dicom", "DCM", ["dcm", "dicom", "dic", "ima", "img"])
  static let png = FileKind("PNG image", "image/png", "PNG", ["png"])
  static let jpeg = FileKind("JPEG image", "image/jpeg", "JPG", ["jpg", "jpeg", "jpe", "jfif"])
  static let jpeg2000 = FileKind("JPEG 2000 image", "image/jp2", "JP2", ["jp2", "j2k", "jpf", "jpx", "jpm", "j2c", "jpc"])
  static let gif = FileKind("GIF image", "image/gif", "GIF", ["gif"])
  static let tiff = FileKind("TIFF image", "image/tiff", "TIF", ["tif", "tiff"])
  static let bmp = FileKind("BMP image", "image/bmp", "BMP", ["bmp", "dib"])
  static let webp = FileKind("WebP image", "image/webp", "WEBP", ["webp"])

  static let mp3 = FileKind("MP3 audio", "audio/mpeg", "MP3", ["mp3", "mp2", "mpa"])
  static let aac = FileKind("AAC audio", "audio/aac", "AAC", ["aac", "adts"])
  static let ogg = FileKind("Ogg recording", "application/ogg", "OGG", ["ogg", "oga", "ogv", "opus", "spx", "ogx"])
  static let wav = FileKind("WAV audio", "audio/wav", "WAV", ["wav", "wave"])
  static let avi = FileKind("AVI video", "video/x-msvideo", "AVI", ["avi"])
  static let mp4 = FileKind("MP4 video", "video/mp4", "MP4", ["mp4", "m4v", "mp4v", "m4a", "3gp", "3g2"])
  static let m4a = FileKind("MPEG-4 audio", "audio/mp4", "M4A", ["m4a", "m4b", "m4r", "mp4"])
  static let quickTime = FileKind("QuickTime video", "video/quicktime", "MOV", ["mov", "qt"])

  /// All of them, for recognising the endings of file names.
  static let documents: [FileKind] = [
    pdf, rtf, doc, xls, ppt, docx, xlsx, pptx, odt, ods, odp, odg, plainText, markdown, csv, tsv, html, xml, svg, cda, json, hl7v2, mail,
    outlookMail, vcard, calendar, dicom, png, jpeg, jpeg2000, gif, tiff, bmp, webp, mp3, aac, ogg, wav, avi, mp4, m4a, quickTime,
  ]
}

extension Document {
  /// What the names of documents end in, in small letters: such an ending says nothing about a patient.
  public static let usualEndings: Set<String> = Set(FileKind.documents.flatMap(\.extensions))
}
