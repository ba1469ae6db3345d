internal import ByteText

/// A label of a cluster template that the Cluster API driver reads.
package struct Label: Sendable {
  /// What its value must be.
  package enum Kind: Sendable {
    /// Anything.
    case text
    /// `true` or `false`.
    case flag
    /// A whole number from 0 on.
    case number
    /// A release of Kubernetes, `v1.34.2`.
    case release
    /// An address and a prefix length, `10.100.0.0/16`.
    case network
    /// A way of Octavia to choose a member.
    case algorithm
    /// Nova's policies of server groups, with commas between them.
    case policies
  }

  /// As it stands in `labels`.
  package let name: String
  /// What its value must be.
  package let kind: Kind
  /// What the driver takes in its absence; empty where nothing fixed.
  package let `default`: String
  /// The first release of the driver that reads it; 0.0.0 for one that all known releases read.
  package let since: Release
  /// The last release that does; nil: those known still do.
  package let last: Release?

  /// Of a line of the table.
  @inline(never)
  init(_ words: [String]) {
    name = words[0]
    kind = Kind(words[1])
    since = Release(words[2]) ?? Release(0, 0, 0)
    last = Release(words[3])
    `default` = words[4] == "-" ? "" : words[4]
  }
}

extension Label.Kind {
  fileprivate init(_ word: String) {
    switch word {
    case "flag": self = .flag
    case "number": self = .number
    case "release": self = .release
    case "network": self = .network
    case "algorithm": self = .algorithm
    case "policies": self = .policies
    default: self = .text
    }
  }

  /// The values there are, where they are a set.
  var choices: [String] {
    switch self {
    case .flag: ["true", "false"]
    case .algorithm: ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"]
    case .policies: ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"]
    default: []
    }
  }

  /// What is asked for, as it follows "must be".
  package var wanted: String {
    switch self {
    case .text: "text"
    case .flag: "true or false"
    case .number: "a whole number from 0 on"
    case .release: "a release of Kubernetes, as v1.34.2"
    case .network: "an address with a prefix length, as 10.100.0.0/16"
    case .algorithm: "one of " + choices.listed
    case .policies: "one or more of \(choices.listed), with commas between them"
    }
  }
}
