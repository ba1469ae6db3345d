import Kubeconfig
import Testing

@Suite struct KubeconfigTests {
  private func parse(_ text: String) throws(KubeconfigError) -> Kubeconfig {
    try Kubeconfig(KubeconfigFile(parsing: Array(text.utf8)))
  }

  private func message(_ text: String) -> String? {
    #expect(throws: KubeconfigError.self) { try parse(text) }?.message
  }

  @Test func kubeadmsOwn() throws {
    let file = try KubeconfigFile(parsing: Array(Samples.admin.utf8))
    #expect(file.currentContext == "kubernetes-admin@kubernetes")
    #expect(file.names(.context) == ["kubernetes-admin@kubernetes"])
    #expect(file.warnings == [] && file.isUnchanged)
    let kubeconfig = try Kubeconfig(file)
    #expect(kubeconfig.names.cluster == "kubernetes")
    #expect(kubeconfig.names.user == "kubernetes-admin")
    #expect(kubeconfig.server == "https://198.18.236.9:6443")
  }

  @Test func jsonIsYAMLToo() throws {
    let text = """
      {"clusters": [{"name": "c", "cluster": {"server": "HTTPS://[2001:db8::1]:6443/path"}}],
       "users": [{"name": "u", "user": {"token": "t"}}], "current-context": "x",
       "contexts": [{"name": "y"}, {"name": "x", "context": {"cluster": "c", "user": "u"}}]}
      """
    #expect(try KubeconfigFile(parsing: Array(text.utf8)).names(.context) == ["y", "x"])
    #expect(try parse(text).server == "HTTPS://[2001:db8::1]:6443/path")
  }

  @Test(arguments: [
    "token: t", "tokenFile: /t", "username: u\n    password: p", "exec: {command: aws}",
    "auth-provider: {name: oidc}", "client-certificate: /c.pem\n    client-key: /k.pem",
    "client-certificate: /c.pem\n    client-key-data: \(Samples.key)",
  ])
  func everyKindOfCredential(credential: String) throws {
    _ = try parse(
      """
      clusters: [{name: c, cluster: {server: 'https://c'}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      current-context: x
      users:
      - name: u
        user:
          \(credential)
      """)
  }

  @Test func ofEntriesWithOneNameTheLastCounts() throws {
    let text = Samples.admin(
      "contexts:\n", "- {name: kubernetes, cluster: {server: 'https://last:6443'}}\ncontexts:\n")
    let file = try KubeconfigFile(parsing: Array(text.utf8))
    #expect(try Kubeconfig(file).server == "https://last:6443")
    #expect(file.names(.cluster) == ["kubernetes"])
    #expect(!file.isUnchanged)
    #expect(
      file.warnings == [
        "it has more than one cluster \"kubernetes\"; the last counts, and kubectl refuses the file as it is"
      ])
  }

  @Test func ofFieldsWithOneNameTheLastCounts() throws {
    let text = Samples.admin("    server:", "    server: https://first:6443\n    server:")
    let file = try KubeconfigFile(parsing: Array(text.utf8))
    #expect(try Kubeconfig(file).server == "https://198.18.236.9:6443")
    #expect(file.warnings == ["it has a field twice (line 6); the last counts"])
    #expect(file.isUnchanged)
  }

  @Test(arguments: [
    ("", emptiness), (" \n\t", emptiness), ("# only a comment\n", emptiness),
    ("---\n", emptiness), ("null", emptiness),
    ("<!DOCTYPE html><html>", "it is an HTML or XML page; look at where it was downloaded from"),
    ("\u{7f}ELF\0\0", "it is binary, not text; name the kubeconfig itself"),
    (
      "- a\n- b\n",
      "it is no mapping, so no kubeconfig; name a file that kubectl config view can read"
    ),
    (
      "just text",
      "it is no mapping, so no kubeconfig; name a file that kubectl config view can read"
    ),
    (
      "kind: Secret",
      "its kind is not Config: it is another Kubernetes object; take the kubeconfig out of it"
    ),
    ("kind: Config\ncontexts: {}", "its contexts are no list; each begins with - name"),
    (
      "kind: Config", "it has no current-context; choose one with kubectl config use-context"
    ),
    (
      "current-context: x",
      "current-context names the context \"x\", which is not in its contexts; add it, or choose a context that is complete"
    ),
  ])
  func whatIsNoKubeconfig(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func severalDocuments() {
    #expect(
      message(Samples.admin + "---\n" + Samples.admin)
        == "it has 2 YAML documents, and kubectl would read the first alone; leave one")
  }

  @Test func tooManyBytes() {
    let text = Samples.admin + String(repeating: "#", count: KubeconfigFile.largest)
    #expect(
      message(text)
        == "it has \(text.utf8.count) bytes, and a kubeconfig at most 1048576; look whether it is one"
    )
  }

  @Test func bytesThatAreNotUTF8() {
    let error = #expect(throws: KubeconfigError.self) {
      try KubeconfigFile(parsing: Array(Samples.admin.utf8) + [0xC3, 0x28])
    }
    #expect(error?.message == "it is binary, not text; name the kubeconfig itself")
  }

  @Test(arguments: [
    (
      "    user: kubernetes-admin\n", "",
      "context \"kubernetes-admin@kubernetes\" names no user; set it with kubectl config set-context"
    ),
    (
      "- name: kubernetes-admin\n", "- name: somebody\n",
      "context \"kubernetes-admin@kubernetes\" names the user \"kubernetes-admin\", which is not in its users; add it, or choose a context that is complete"
    ),
    (
      "  name: kubernetes\n", "  name: other\n",
      "context \"kubernetes-admin@kubernetes\" names the cluster \"kubernetes\", which is not in its clusters; add it, or choose a context that is complete"
    ),
    (
      "    server: https://198.18.236.9:6443\n", "",
      "cluster \"kubernetes\" has no server; correct server, or set it with kubectl config set-cluster"
    ),
    (
      "https://198", "http://198",
      "cluster \"kubernetes\" has a server that is not https; correct server, or set it with kubectl config set-cluster"
    ),
    (
      "https://198.18.236.9:6443", "https:///path",
      "cluster \"kubernetes\" has a server that names no host; correct server, or set it with kubectl config set-cluster"
    ),
    (
      "https://198", "https://admin:hunter2@198",
      "cluster \"kubernetes\" has a user in its server address; put it under users"
    ),
    (
      "    client-key-data: \(Samples.key)\n", "",
      "user \"kubernetes-admin\" has a client certificate without its key; set both with kubectl config set-credentials"
    ),
    (
      "client-certificate-data: ", "x: ",
      "user \"kubernetes-admin\" has a client key without its certificate; set both with kubectl config set-credentials"
    ),
    (
      Samples.key, "DATA+OMITTED",
      "user \"kubernetes-admin\" has its client-key-data left out; take the file itself, or kubectl config view --raw"
    ),
    (
      Samples.key, String(Samples.key.dropLast(5)),
      "user \"kubernetes-admin\" has a client-key-data that is not base64; it may be cut off: take it anew"
    ),
    (
      Samples.key, Samples.certificate,
      "user \"kubernetes-admin\" has a client-key-data that has no PEM block PRIVATE KEY; take it anew"
    ),
    (
      Samples.key, String(Samples.key.dropLast(24)),
      "user \"kubernetes-admin\" has a client-key-data that has a block 1 (RSA PRIVATE KEY) that has an END line that does not end with its label and dashes; line breaks may be lost; take it anew"
    ),
    (
      "  user:\n    client-certificate-data: \(Samples.certificate)\n    client-key-data: \(Samples.key)\n",
      "  user: {}\n",
      "user \"kubernetes-admin\" has no credentials: neither certificate and key nor token, password or exec; set them with kubectl config set-credentials"
    ),
    (
      "- context:\n    cluster: kubernetes\n    user: kubernetes-admin\n  name", "- name",
      "context \"kubernetes-admin@kubernetes\" is empty; fill it, or choose a context that is complete"
    ),
  ])
  func aContextThatCannotBeUsed(old: String, new: String, expected: String) {
    let text = Samples.admin(old, new)
    #expect(text != Samples.admin)
    #expect(message(text) == expected)
  }

  /// Cut anywhere, the file is refused or complete enough, and what is said quotes no secret.
  @Test func cutOffAnywhere() {
    let secrets = [Samples.key, String(Samples.key.prefix(40)), "c2VjcmV0"]
    for length in stride(from: 0, to: Samples.admin.utf8.count - 1, by: 7) {
      let error = #expect(throws: KubeconfigError.self) {
        try Kubeconfig(KubeconfigFile(parsing: Array(Samples.admin.utf8.prefix(length))))
      }
      for secret in secrets { #expect(error?.message.contains(secret) == false) }
    }
  }

  @Test(arguments: ["*hunter2", "!hunter2 x", "[hunter2", "\"hunter2", "&hunter2 *hunter2"])
  func aPasswordThatIsNoYAMLIsNotQuoted(password: String) {
    let text = "users:\n- name: u\n  user: {username: u, password: \(password)}\n  b: : c\n"
    let message = message(text)
    #expect(message?.hasPrefix("it is not YAML: ") == true, "\(message ?? "")")
    #expect(message?.contains("hunter2") == false, "\(message ?? "")")
    #expect(message?.contains("line ") == true)
  }
}

private let emptiness = "it is empty; look at what should have written it"
