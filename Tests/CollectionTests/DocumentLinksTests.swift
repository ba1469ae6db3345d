import AnsibleContent
import Foundation
import Testing

@testable import Collection

@Suite("The collection's documents")
struct DocumentLinksTests {
  private static func documents() throws -> [String] {
    try Checkout.committedFiles().filter { $0.hasSuffix(".md") }
  }

  @Test("Link to files and headings that exist", arguments: try documents())
  func links(path: String) throws {
    let document = Checkout.collection.appending(path: path)
    for link in try text(document).matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) {
      if link.contains("://") { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? document
        : document.deletingLastPathComponent().appending(path: String(parts[0])).standardizedFileURL
      #expect(target.path.hasPrefix(Checkout.collection.path + "/"), "\(path): \(link)")
      #expect(FileManager.default.fileExists(atPath: target.path), "\(path): \(link)")
      if parts.count == 2 {
        #expect(try anchors(target).contains(String(parts[1])), "\(path): \(link)")
      }
    }
  }

  /// Words in the shape of this collection's variables.
  @Test("Name only variables, groups, playbooks and tags that exist", arguments: try documents())
  func names(path: String) throws {
    let known = try Self.known()
    let pattern =
      /\b(?:mcapi|k8s|rust|sonobuoy|functional_test|cluster_api|haproxy_k8s|magnum_magnum_cluster_api)_[a-z0-9_]+\b(?!\.(?:git|py))/
    let words = Set(
      try text(Checkout.collection.appending(path: path)).matches(of: pattern).map { String($0.0) })
    #expect(words.subtracting(known).sorted() == [])
  }

  private static func known() throws -> Set<String> {
    let variables =
      Operator.all + McapiCollection.roles.flatMap(\.variables)
      + Playbooks.all.flatMap { $0.plays.flatMap(\.variables) }
    let settings = Configuration.files.flatMap { $0.file.fields.map(\.key) }
    let groups = [
      "k8s_all", "k8s_container", "k8s_capi", "cluster_api_hosts", "cluster_api_containers",
    ]
    return Set(
      variables.map(\.name) + settings + groups + Playbooks.all.map(\.name)
        + PlaybookTests.expected.values.joined().flatMap(\.tags) + [McapiCollection.metadata.name]
        + OneImage.Record.all)
  }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// The anchors that GitHub and Gitea make of headings.
  private func anchors(_ file: URL) throws -> Set<String> {
    Set(
      try text(file).matches(of: /(?m)^#+ (.+)$/).map { heading in
        heading.1.lowercased().compactMap { character -> String? in
          character == " "
            ? "-"
            : character.isLetter || character.isNumber || "-_".contains(character)
              ? String(character) : nil
        }.joined()
      })
  }
}
