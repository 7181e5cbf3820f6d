internal import SafeText

struct Inspector {
  init(fileName: [UInt8], source: any ByteSource) throws(DocumentError) {}
  mutating func consume(_ piece: UnsafeRawBufferPointer) {}
  mutating func finish() throws(DocumentError) -> Inspection {
    Inspection(type: DocumentType(name: "file", mediaType: "application/octet-stream", fileType: "BIN"), verdict: .allow)
  }
}
