internal import ByteText

/// Reads YAML 1.1 as libyaml has it.
///
/// Aliases are replaced by copies of what they refer to and merge keys (`<<`) by what they merge.
/// Repeated keys are kept; ``Node/duplicateKeys`` finds them. Comments are lost.
public enum Parser {
  /// What a text may cost. The defaults suit configuration files written by people.
  public struct Limits: Sendable {
    /// Length of the text.
    public var bytes: Int
    /// Scalars, sequences and mappings of all documents, aliases expanded.
    public var nodes: Int
    /// Sequences and mappings inside each other.
    public var depth: Int
    /// Anchors of one document.
    public var anchors: Int

    public init(
      bytes: Int = 8 << 20, nodes: Int = 200_000, depth: Int = 100, anchors: Int = 1_000
    ) {
      self.bytes = bytes
      self.nodes = nodes
      self.depth = depth
      self.anchors = anchors
    }
  }

  /// The documents of the text, none if it is empty or has comments alone.
  ///
  /// - Parameter mergesInOrder: Whether a merge key replaces what stands above it in its mapping, and
  ///   is replaced by what stands below, as in kubectl; otherwise the mapping's own entries win.
  public static func parse(
    _ bytes: [UInt8], limits: Limits = Limits(), mergesInOrder: Bool = false
  ) throws(ParseError) -> [Node] {
    guard bytes.count <= limits.bytes else { throw .tooLong(limit: limits.bytes) }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(ParseError) -> [Node] in
      var composer = Composer(
        reader: try EventReader(bytes), limits: limits, mergesInOrder: mergesInOrder)
      return try composer.documents()
    }
  }

  /// The documents of the text, none if it is empty or has comments alone.
  public static func parse(
    _ text: String, limits: Limits = Limits()
  ) throws(ParseError) -> [Node] {
    try parse(text.bytes, limits: limits)
  }
}
