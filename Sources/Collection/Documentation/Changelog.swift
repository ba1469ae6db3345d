import AnsibleContent

/// The collection's changelog: the project's own, which speaks of what operators see.
enum Changelog {
  static func file(from text: String) -> GeneratedFile {
    GeneratedFile(path: "CHANGELOG.md", text: GeneratedHeader.markdown() + "\n\n" + text)
  }
}
