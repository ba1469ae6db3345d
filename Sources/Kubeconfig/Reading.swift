internal import ByteText
internal import YAML

/// The one document of a text, which is first looked at for what people mistake for a kubeconfig.
///
/// - Parameter mayBeEmpty: whether nothing is a document without fields, and not an error.
func readDocument(_ bytes: [UInt8], mayBeEmpty: Bool) throws(KubeconfigError) -> Node {
  if bytes.count > KubeconfigFile.largest {
    throw KubeconfigError(
      "it has \(bytes.count) bytes, and a kubeconfig at most \(KubeconfigFile.largest); look whether"
        + " it is one")
  }
  guard let start = bytes.first(where: { !$0.isOne(of: " \t\r\n") }) else {
    return try nothing(isAllowed: mayBeEmpty)
  }
  if start == UInt8(ascii: "<") {
    throw KubeconfigError("it is an HTML or XML page; look at where it was downloaded from")
  }
  if bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil {
    throw KubeconfigError("it is binary, not text; name the kubeconfig itself")
  }
  let documents: [Node]
  do throws(ParseError) {
    documents = try Parser.parse(bytes, mergesInOrder: true)
  } catch {
    throw KubeconfigError("it is not YAML: \(describe(error)); correct it, or take it anew")
  }
  guard let document = documents.first, !document.isNull else {
    return try nothing(isAllowed: mayBeEmpty)
  }
  if documents.count > 1 {
    throw KubeconfigError(
      "it has \(documents.count) YAML documents, and kubectl would read the first alone; leave one")
  }
  return document
}

private func nothing(isAllowed: Bool) throws(KubeconfigError) -> Node {
  if isAllowed { return .mapping([]) }
  throw KubeconfigError("it is empty; look at what should have written it")
}

/// The error and its place without words of the text: a password may look like an alias or a tag.
private func describe(_ error: ParseError) -> String {
  let words =
    switch error {
    case .unknownAnchor: "an alias refers to no anchor"
    case .recursiveAnchor: "an alias stands inside its own anchor"
    case .tag: "a tag does not fit"
    default: error.message
    }
  guard let mark = error.mark else { return words }
  return "\(words) (line \(mark.line), column \(mark.column))"
}
