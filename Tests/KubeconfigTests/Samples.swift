import Foundation

/// A kubeconfig as kubeadm writes it, with what stands in for a certificate and a key: PEM of
/// nothing. Real ones are in ModulesTests.
enum Samples {
  static func pem(_ kind: String, _ body: String = "bm90aGluZw==") -> String {
    Data("-----BEGIN \(kind)-----\n\(body)\n-----END \(kind)-----\n".utf8).base64EncodedString()
  }

  static let certificate = pem("CERTIFICATE")
  static let key = pem("RSA PRIVATE KEY", "c2VjcmV0IGtleQ==")

  static let admin = """
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority-data: \(certificate)
        server: https://198.18.236.9:6443
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
        client-certificate-data: \(certificate)
        client-key-data: \(key)

    """

  /// `admin` with one text in place of another.
  static func admin(_ old: String, _ new: String) -> String {
    admin.replacingOccurrences(of: old, with: new)
  }
}
