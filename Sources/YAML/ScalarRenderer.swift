import CYAML

/// libyaml's own writing of a scalar.
enum ScalarRenderer {
  /// The scalar as libyaml writes it in a block sequence, on one line except for blocks, or nil
  /// where it falls back to another style because this one would change the text.
  static func render(
    _ text: String, _ style: Scalar.Style
  ) throws(EmitError.Reason) -> String? {
    let bytes = Array(text.utf8)
    let written = try emit(bytes, libyamlStyle(style))
    let asked: Bool
    switch style {
    case .automatic, .plain: asked = written == bytes
    case .singleQuoted: asked = written.first == UInt8(ascii: "'")
    case .doubleQuoted: asked = written.first == UInt8(ascii: "\"")
    case .literal: asked = written.first == UInt8(ascii: "|")
    case .folded: asked = written.first == UInt8(ascii: ">")
    }
    return asked ? String(decoding: written, as: UTF8.self) : nil
  }

  private static func libyamlStyle(_ style: Scalar.Style) -> yaml_scalar_style_t {
    switch style {
    case .automatic, .plain: YAML_PLAIN_SCALAR_STYLE
    case .singleQuoted: YAML_SINGLE_QUOTED_SCALAR_STYLE
    case .doubleQuoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
    case .literal: YAML_LITERAL_SCALAR_STYLE
    case .folded: YAML_FOLDED_SCALAR_STYLE
    }
  }

  /// The scalar as the only item of a sequence, without the dash.
  private static func emit(
    _ text: [UInt8], _ style: yaml_scalar_style_t
  ) throws(EmitError.Reason) -> [UInt8] {
    // Allocated, because libyaml keeps a pointer to the structure within it.
    let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
    // A byte becomes four at most, `\x07`; a line of a block is indented by two.
    let room = 4 * text.count + 64
    let output = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    defer {
      output.deallocate()
      emitter.deallocate()
    }
    guard yaml_emitter_initialize(emitter) == 1 else { throw .outOfMemory }
    defer { yaml_emitter_delete(emitter) }
    var length = 0
    yaml_emitter_set_output_string(emitter, output, room, &length)
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)

    // The emitter takes over each event, also when it fails.
    var event = yaml_event_t()
    let done =
      yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) == 1
      && yaml_emitter_emit(emitter, &event) == 1
      && yaml_document_start_event_initialize(&event, nil, nil, nil, 1) == 1
      && yaml_emitter_emit(emitter, &event) == 1
      && yaml_sequence_start_event_initialize(&event, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) == 1
      && yaml_emitter_emit(emitter, &event) == 1
      && text.withUnsafeBufferPointer {
        yaml_scalar_event_initialize(
          &event, nil, nil, $0.baseAddress, Int32(clamping: $0.count), 1, 1, style) == 1
      }
      && yaml_emitter_emit(emitter, &event) == 1
      && yaml_sequence_end_event_initialize(&event) == 1
      && yaml_emitter_emit(emitter, &event) == 1
      && yaml_document_end_event_initialize(&event, 1) == 1
      && yaml_emitter_emit(emitter, &event) == 1
      && yaml_emitter_flush(emitter) == 1
    guard done else { throw .outOfMemory }

    var written = UnsafeBufferPointer(start: output, count: length).dropFirst(2)
    if written.last == UInt8(ascii: "\n") { written.removeLast() }
    return Array(written)
  }
}
