/// Markdown that is put together from the models.
enum Markdown {
  /// A table; cells may hold any text.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    let line = { (cells: [String]) in "| \(cells.joined(separator: " | ")) |" }
    let rule = header.map { _ in "---" }
    return ([line(header), line(rule)] + rows.map { line($0.map(cell)) }).joined(separator: "\n")
  }

  static func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }

  /// What ansible-doc shows with its markup of options, values and code: O(…), V(…), RV(…), C(…).
  static func text(of documentation: String) -> String {
    documentation.replacing(/\b(?:O|V|RV|C)\(([^)]*)\)/) { code(String($0.1)) }
  }

  /// A cell is one line, and a bar in it is no border.
  private static func cell(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").split(
      separator: "|", omittingEmptySubsequences: false
    )
    .joined(separator: "\\|")
  }
}
