/// Distributions that OpenStack-Ansible's series support, as Galaxy names them.
enum Platforms {
  static let all = [
    (name: "Debian", versions: ["bookworm", "trixie"]),
    (name: "EL", versions: ["9", "10"]),
    (name: "Ubuntu", versions: ["jammy", "noble"]),
  ]
}
