internal import ByteText
internal import Certificates
internal import YAML

/// Where a certificate or a key is.
public enum Material: Sendable {
  /// Embedded in the kubeconfig: PEM.
  case embedded([UInt8])
  /// In a file.
  case file(String)

  /// Takes `KEY-data`, which wins, or `KEY`, looking that what is embedded is base64 of whole PEM.
  init?(
    _ entry: Entry, _ holder: Node, _ key: String, _ kind: String
  ) throws(KubeconfigError) {
    guard let text = holder.filled(key + "-data") else {
      guard let path = holder.filled(key) else { return nil }
      self = .file(path)
      return
    }
    if text == "DATA+OMITTED" || text == "REDACTED" {
      throw entry.fault(
        "has its \(key)-data left out; take the file itself, or kubectl config view --raw")
    }
    guard let bytes = decodeBase64(text) else {
      throw entry.fault("has a \(key)-data that is not base64; it may be cut off: take it anew")
    }
    if let fault = faultOfPEM(bytes, kind) {
      throw entry.fault("has a \(key)-data that \(fault); take it anew")
    }
    self = .embedded(bytes)
  }

  /// The PEM that is embedded; nil for what is in a file.
  public var embedded: [UInt8]? {
    if case .embedded(let bytes) = self { bytes } else { nil }
  }
}

/// Why bytes are not whole PEM with a block of a kind, as the end of a sentence; nil if they are.
func faultOfPEM(_ bytes: [UInt8], _ kind: String) -> String? {
  do throws(CertificateError) {
    let blocks = try PEMBlock.all(in: bytes)
    let isThere = blocks.contains { block in
      block.label.bytes[...].ends(with: kind)
    }
    return isThere ? nil : "has no PEM block \(kind)"
  } catch {
    return error.message
  }
}
