internal import ByteText
import CYAML

/// What libyaml's parser reports, copied out of its memory.
struct Event {
  enum Kind {
    case scalar(text: String, plain: Bool)
    case sequence
    case mapping
    case alias
    /// The end of a sequence, a mapping or a document.
    case end
    case document
    case streamEnd
  }

  var kind: Kind
  var mark: Mark
  /// The name after `&`, or of an alias after `*`.
  var anchor: String?
  /// In full; nil without a tag, and for the tag `!`, to which PyYAML gives no meaning.
  var tag: String?
}

/// libyaml's parser, one event at a time. The caller keeps the bytes alive.
final class EventReader {
  // Allocated, because libyaml keeps a pointer to the structure within it.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseError) {
    self.bytes = bytes
    // On failure libyaml has freed what it took and zeroed the structure, so `deinit` is safe.
    guard yaml_parser_initialize(parser) == 1 else { throw .outOfMemory }
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    // Otherwise a byte order mark would switch it to UTF-16.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(ParseError) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { yaml_event_delete(&event) }
      if let copied = copy(of: event) { return copied }
    }
  }

  /// Nil for the start of the stream.
  private func copy(of event: yaml_event_t) -> Event? {
    let mark = Mark(event.start_mark)
    let data = event.data
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return Event(
        kind: .scalar(text: text, plain: scalar.plain_implicit == 1),
        mark: mark, anchor: string(scalar.anchor), tag: tag(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = data.sequence_start
      return Event(
        kind: .sequence, mark: mark, anchor: string(start.anchor), tag: tag(start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = data.mapping_start
      return Event(
        kind: .mapping, mark: mark, anchor: string(start.anchor), tag: tag(start.tag))
    case YAML_ALIAS_EVENT:
      return Event(kind: .alias, mark: mark, anchor: string(data.alias.anchor))
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .document, mark: mark)
    case YAML_STREAM_START_EVENT: return nil
    // After the end libyaml would go on giving empty events.
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return Event(kind: .streamEnd, mark: mark)
    default: return Event(kind: .end, mark: mark)
    }
  }

  private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private func tag(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let tag = string(text), tag != "!" else { return nil }
    return tag
  }

  private func failure() -> ParseError {
    let parser = parser.pointee
    guard let problem = parser.problem, parser.error != YAML_MEMORY_ERROR else {
      return .outOfMemory
    }
    let words = String(cString: problem)
    if parser.error == YAML_READER_ERROR {
      return .encoding(words, mark(ofByte: parser.problem_offset))
    }
    guard let context = parser.context else { return .syntax(words, Mark(parser.problem_mark)) }
    return .syntax(
      "\(words), \(String(cString: context)) at \(Mark(parser.context_mark))",
      Mark(parser.problem_mark))
  }

  /// libyaml's reader gives an offset alone.
  private func mark(ofByte offset: Int) -> Mark {
    var mark = Mark(line: 1, column: 1)
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        mark = Mark(line: mark.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        mark.column += 1
      }
    }
    return mark
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
