/// A file of the collection, ready to be written.
public struct GeneratedFile: Sendable, Equatable {
  /// Path inside the collection, with `/`.
  public let path: String
  public let bytes: [UInt8]
  public let isExecutable: Bool

  public init(path: String, bytes: [UInt8], isExecutable: Bool = false) {
    self.path = path
    self.bytes = bytes
    self.isExecutable = isExecutable
  }

  public init(path: String, text: String, isExecutable: Bool = false) {
    self.init(path: path, bytes: Array(text.utf8), isExecutable: isExecutable)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
