// In a file that imports this library, `==` and `switch` compare texts byte for byte, as Python and
// Ansible do. Swift's own take "é" for equal to "e" with an accent after it, and the tables for that
// make a module a ninth larger.

extension String {
  @inline(never)
  package static func == (left: String, right: String) -> Bool {
    var (left, right) = (left, right)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        if left.count != right.count { return false }
        for place in left.indices where left[place] != right[place] { return false }
        return true
      }
    }
  }

  package static func != (left: String, right: String) -> Bool { !(left == right) }

  package static func ~= (pattern: String, value: String) -> Bool { pattern == value }
}

extension String? {
  package static func == (left: String?, right: String?) -> Bool {
    switch (left, right) {
    case (.some(let left), .some(let right)): left == right
    case (.none, .none): true
    default: false
    }
  }

  package static func != (left: String?, right: String?) -> Bool { !(left == right) }
}

extension [String] {
  @inline(never)
  package func contains(_ text: String) -> Bool {
    for element in self where element == text { return true }
    return false
  }
}
