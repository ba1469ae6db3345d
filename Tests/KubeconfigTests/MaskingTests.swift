import Kubeconfig
import Testing

@Suite struct MaskingTests {
  private func parse(_ text: String) throws -> KubeconfigFile {
    try KubeconfigFile(parsing: Array(text.utf8))
  }

  @Test func aNewFileIsShownWithoutItsSecrets() throws {
    let (before, after) = try parse(Samples.admin).maskedChange(from: nil)
    #expect(before == "")
    #expect(
      after == """
        apiVersion: v1
        clusters:
          - cluster:
              certificate-authority-data: (hidden, new value)
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
              client-certificate-data: (hidden, new value)
              client-key-data: (hidden, new value)

        """)
  }

  @Test func aChangedSecretIsMarkedAndAKeptOneIsNot() throws {
    let old = try parse(Samples.admin(Samples.key, Samples.pem("PRIVATE KEY", "b2xk")))
    let new = try parse(Samples.admin("198.18.236.9", "k8s.example"))
    let (before, after) = new.maskedChange(from: old)
    #expect(before.contains("client-key-data: (hidden, old value)\n"))
    #expect(after.contains("client-key-data: (hidden, new value)\n"))
    #expect(before.contains("client-certificate-data: (hidden)\n"))
    #expect(after.contains("client-certificate-data: (hidden)\n"))
    #expect(before.contains("server: https://198.18.236.9:6443\n"))
    #expect(after.contains("server: https://k8s.example:6443\n"))
  }

  @Test func whatIsNotKnownToBeHarmlessIsHidden() throws {
    let text = """
      clusters: [{name: c, cluster: {server: 'https://c', proxy-url: 'http://u:hunter2@proxy'}}]
      contexts: [{name: x, context: {cluster: c, user: u, namespace: space}}]
      current-context: x
      users:
      - name: u
        user:
          exec:
            apiVersion: v1
            command: aws
            args: [--token, hunter2]
            env: [{name: SECRET, value: hunter2}]
          auth-provider: {name: p, config: {client-secret: hunter2, id-token: hunter2}}
          token: |
            hunter2
          password: hunter2
      """
    let (_, after) = try parse(text).maskedChange(from: nil)
    #expect(!after.contains("hunter2"))
    #expect(after.contains("command: aws\n"))
    #expect(after.contains("- name: SECRET\n"))
    #expect(after.contains("args:\n          - (hidden, new value)\n"))
  }
}
