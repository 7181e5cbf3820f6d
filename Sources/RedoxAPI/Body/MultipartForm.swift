/// A form with one file part (RFC 7578): the bytes before and after the file.
struct MultipartForm {
  let contentType: String
  let prefix: [UInt8]
  let suffix: [UInt8]

  /// - Parameter boundary: letters and digits, too random to occur in the file.
  init(partName: String, fileName: String, mediaType: String, boundary: String) {
    let type = MultipartForm.isHeaderSafe(mediaType) ? mediaType : "application/octet-stream"
    contentType = "multipart/form-data; boundary=\(boundary)"
    let name = MultipartForm.quoted(partName)
    let file = MultipartForm.quoted(fileName.isEmpty ? "file" : fileName)
    prefix = Array(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(file)\"\r\nContent-Type: \(type)\r\n\r\n".utf8)
    suffix = Array("\r\n--\(boundary)--\r\n".utf8)
  }

  /// A name for use between quotation marks: UTF-8 stays as it is; quotation marks, backslashes and control characters, which could
  /// end the value or the header, are percent-encoded, as browsers do it.
  static func quoted(_ name: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F, 0x7F, 0x22, 0x5C:
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        result.append("%")
        result.append(digits[Int(scalar.value >> 4)])
        result.append(digits[Int(scalar.value & 15)])
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isHeaderSafe(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
