import Collection
import Foundation

/// An architecture that modules are built for.
struct Architecture {
  /// As `uname -m` says it.
  let name: String
  /// The triple of the Embedded standard library, which Package.swift reads from MCAPI_EMBEDDED.
  let triple: String
  /// A build folder of its own: two triples cannot share one.
  let scratch: String
  /// What a cross build needs beside the toolchain, with the Debian package that has it.
  let needs: [(path: String, package: String)]

  static let all = [
    Architecture(
      name: "x86_64", triple: "x86_64-unknown-linux-gnu", scratch: ".build-embedded",
      needs: [
        ("/usr/lib/x86_64-linux-gnu/libyaml.a", "libyaml-dev"),
        ("/usr/lib/x86_64-linux-gnu/libjansson.a", "libjansson-dev"),
      ]),
    Architecture(
      name: "aarch64", triple: "aarch64-none-none-elf", scratch: ".build-embedded-arm64",
      needs: [
        ("/usr/bin/aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
        ("/usr/aarch64-linux-gnu/include/stdio.h", "libc6-dev-arm64-cross"),
        ("/usr/lib/aarch64-linux-gnu/libyaml.a", "libyaml-dev:arm64"),
        ("/usr/lib/aarch64-linux-gnu/libjansson.a", "libjansson-dev:arm64"),
      ]),
  ]

  /// Whether a build without it is a build all the same.
  var isOptional: Bool { isCross }

  private var isCross: Bool { triple.hasPrefix("aarch64") }

  /// The packages that are missing, as the end of a sentence; nil when none is.
  var missing: String? {
    let packages = needs.filter { !FileManager.default.fileExists(atPath: $0.path) }.map(\.package)
    return packages.isEmpty ? nil : "for want of the packages \(packages.joined(separator: " "))"
  }

  func arguments(toolsets: String) -> [String] {
    ["build", "-c", "release", "--scratch-path", scratch, "--disable-local-rpath"]
      + (isCross ? ["--triple", triple, "--toolset", "\(toolsets)/aarch64-embedded.json"] : [])
  }

  func place(of module: String) -> String {
    isCross
      ? BuildProducts.modulePath(module, architecture: name) : BuildProducts.modulePath(module)
  }
}
