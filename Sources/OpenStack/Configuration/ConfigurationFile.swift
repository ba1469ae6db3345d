internal import ByteText
internal import CPosix
internal import JSON
internal import YAML

/// A clouds.yaml or secure.yaml that was read.
struct ConfigurationFile {
  let path: String
  let content: JSONObject

  /// More bytes than any of these files has.
  static let largest = 4 << 20

  /// The first of some files that is there and may be read; nil if none is.
  ///
  /// - Parameters:
  ///   - stem: `clouds` or `secure`.
  ///   - named: the one that is looked at before all others, from a variable.
  ///   - remarks: takes note of files that are there and may not be read.
  @inline(never)
  static func first(
    _ stem: String, named: String?, _ surroundings: Surroundings, _ remarks: inout [String]
  ) throws(OpenStackError) -> ConfigurationFile? {
    var paths: [String] = []
    if let named { paths.append(named) }
    for folder in surroundings.searched {
      for ending in [".yaml", ".yml", ".json"] { paths.append(folder + "/" + stem + ending) }
    }
    for path in paths {
      let bytes: [UInt8]
      switch readFile(path) {
      case .bytes(let read): bytes = read
      case .nothing: continue
      case .unusable(let why):
        remarks.append("\(path) is passed over: \(why)")
        continue
      }
      return ConfigurationFile(path: path, content: try content(bytes, path))
    }
    return nil
  }

  /// An empty file says nothing. Throws what is wrong with the text, without a word of it.
  private static func content(
    _ bytes: [UInt8], _ path: String
  ) throws(OpenStackError) -> JSONObject {
    var value = JSONValue.null
    if path.ends(with: "json") {
      do throws(JSONError) { value = texts(try JSONValue(parsing: bytes)) } catch {
        throw OpenStackError(.configuration, "\(path) is not JSON: \(error.message); correct it")
      }
    } else {
      let documents: [Node]
      do throws(ParseError) { documents = try Parser.parse(bytes) } catch {
        throw OpenStackError(.configuration, "\(path) is not YAML: \(error.discreet); correct it")
      }
      if documents.count > 1 {
        throw OpenStackError(.configuration, "\(path) has more than one YAML document; leave one")
      }
      if let document = documents.first { value = json(document) }
    }
    if value.isNull { return JSONObject() }
    guard let object = value.object else {
      throw OpenStackError(
        .configuration, "\(path) is no mapping; it should begin with clouds:")
    }
    return object
  }
}

/// What a path led to.
enum FileContent {
  case bytes([UInt8])
  case nothing
  /// Why not.
  case unusable(String)
}

/// The bytes of a file. A folder, or what is too large to be configuration, is unusable.
@inline(never)
func readFile(_ path: String) -> FileContent {
  let descriptor = cposix_open_for_reading(Int32(CPOSIX_HERE), path, 1)
  switch Int(-descriptor) {
  case CPOSIX_ENOENT, CPOSIX_ENOTDIR: return .nothing
  default: break
  }
  if descriptor < 0 { return .unusable(String(cString: cposix_error_text(-descriptor))) }
  defer { _ = cposix_close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 16 << 10)
  while true {
    let count = cposix_read(descriptor, &chunk, chunk.count)
    if count < 0 { return .unusable(String(cString: cposix_error_text(Int32(-count)))) }
    if count == 0 { return .bytes(bytes) }
    bytes += chunk[..<Int(count)]
    if bytes.count > ConfigurationFile.largest { return .unusable("it is too large") }
  }
}

/// The node with every scalar but null as its text: an unquoted password of digits is meant as it
/// was written, with the zeros it begins with.
private func json(_ node: Node) -> JSONValue {
  if let scalar = node.scalar { return node.isNull ? .null : .string(scalar.text) }
  if let items = node.items {
    var values: [JSONValue] = []
    for item in items { values.append(json(item)) }
    return .array(values)
  }
  var object = JSONObject()
  for entry in node.entries ?? [] { object[entry.key.scalar?.text ?? ""] = json(entry.value) }
  return .object(object)
}

/// The same for JSON.
@inline(never)
func texts(_ value: JSONValue) -> JSONValue {
  switch value {
  case .bool(let flag): return .string(flag ? "true" : "false")
  case .int(let number): return .string(number.description)
  case .double: return .string(value.jsonText)
  case .array(let elements):
    var changed: [JSONValue] = []
    for element in elements { changed.append(texts(element)) }
    return .array(changed)
  case .object(let object): return .object(object.mapValues(texts))
  default: return value
  }
}
