import Foundation
import TestSupport
import Testing

/// Kubeconfigs with real certificates and keys, made by openssl once per run of the tests.
struct RealKubeconfig {
  let text: String
  /// What must never be seen.
  let key: String

  static let first = make("198.18.236.9")
  /// Another cluster's.
  static let second = make("198.18.236.10")

  var path: String {
    get throws {
      let path = NSTemporaryDirectory() + "kubeconfig-" + UUID().uuidString
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }
  }

  private static func make(_ address: String) -> RealKubeconfig {
    let folder = NSTemporaryDirectory() + "pki-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      _ = try Program(["/bin/sh", "-ec", script, "sh", folder]).succeed()
      func encoded(_ name: String) throws -> String {
        try Data(contentsOf: URL(filePath: "\(folder)/\(name)")).base64EncodedString()
      }
      let key = try encoded("admin.key")
      return RealKubeconfig(
        text: """
          apiVersion: v1
          clusters:
          - cluster:
              certificate-authority-data: \(try encoded("ca.crt"))
              server: https://\(address):6443
            name: kubernetes
          contexts:
          - context:
              cluster: kubernetes
              user: kubernetes-admin
            name: kubernetes-admin@kubernetes
          current-context: kubernetes-admin@kubernetes
          kind: Config
          preferences: {}
          users:
          - name: kubernetes-admin
            user:
              client-certificate-data: \(try encoded("admin.crt"))
              client-key-data: \(key)

          """, key: key)
    } catch {
      Issue.record("openssl made no certificates: \(error)")
      return RealKubeconfig(text: "", key: "")
    }
  }

  private static let script = """
    mkdir "$1" && cd "$1"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
      -subj /CN=kubernetes -keyout ca.key -out ca.crt
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
      -subj /O=system:masters/CN=kubernetes-admin -keyout admin.key -out admin.csr
    openssl x509 -req -in admin.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out admin.crt
    """
}
