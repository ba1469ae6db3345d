/// A file that enters the collection as it is, but for the header that says so.
public struct StaticFile: Sendable {
  /// Path inside the collection.
  public let path: String
  public let contents: [UInt8]
  public let isExecutable: Bool

  public init(path: String, contents: [UInt8], isExecutable: Bool = false) {
    self.path = path
    self.contents = contents
    self.isExecutable = isExecutable
  }

  var text: String { String(decoding: contents, as: UTF8.self) }

  var generatedFile: GeneratedFile {
    // What is no text, such as a picture, goes as it is.
    guard let text = String(validating: contents, as: UTF8.self) else {
      return GeneratedFile(path: path, bytes: contents, isExecutable: isExecutable)
    }
    return GeneratedFile(
      path: path, text: GeneratedHeader.stamped(text, path: path), isExecutable: isExecutable)
  }
}
