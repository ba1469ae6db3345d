/// Where in the Swift sources something was declared, so that a refusal can name it.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// Module and file, as `#fileID` gives it: `Collection/ProxyRole.swift`.
  public let file: String
  public let line: UInt

  public init(file: String, line: UInt) {
    self.file = file
    self.line = line
  }

  public var description: String { "\(file):\(line)" }
}
