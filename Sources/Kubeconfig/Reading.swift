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
    throw KubeconfigError("it is not YAML: \(error.discreet); correct it, or take it anew")
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
