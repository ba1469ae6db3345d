import AnsibleContent

/// Role `rust`: a Rust compiler on the repo host, where wheels are built from source.
struct RustRole: Role {
  let name = "rust"
  let summary =
    "Installs a Rust compiler and Cargo's configuration, with which the driver is built from source."
  let platforms = Platforms.all

  static let version = Variable.role(
    "rust_version", default: "1.85",
    "Rust version where the distribution has several, as Ubuntu does. Driver 0.38.1 needs 1.95.")
  static let packages = Variable.role(
    "rust_distro_packages", type: .list(.str),
    "Packages of the compiler; those of the distribution when unset.")
  static let symlinks = Variable.role(
    "rust_binary_symlinks", type: .bool,
    "Whether the packages have versioned programs, which are linked into /usr/local/bin by their plain names; so on Ubuntu when unset."
  )
  static let cargoConfigPath = Variable.role(
    "rust_cargo_config_path", type: .path, default: "/root/.cargo/config.toml",
    "Cargo's configuration file.")
  static let cargoConfig = Variable.role(
    "rust_cargo_config",
    "Contents of that file, such as a mirror of the crates; no file when unset.")

  let variables = [version, packages, symlinks, cargoConfigPath, cargoConfig]

  // Role arguments are validated before the role's first task, and so before the distribution's
  // variables are loaded: hence no defaults that refer to them.
  private static let distributionPackages = Variable.given(
    by: .roleVars, "_rust_distro_packages", type: .list(.str), "Packages of the distribution.")
  private static let distributionSymlinks = Variable.given(
    by: .roleVars, "_rust_binary_symlinks", type: .bool, "Whether its programs carry a version.")
  private static let packagesInUse = packages.default(distributionPackages)
  private static let candidates = Variable.given(
    by: .roleVars, "_rust_vars_files", type: .dict, "Where variables of the distribution may stand."
  )

  var tasks: Tasks {
    Tasks {
      Task(
        "Load the variables of the distribution",
        Builtin.includeVars(
          file: "\(Expression.lookup("ansible.builtin.first_found", Self.candidates))")
      )
      .vars([
        "_rust_vars_files": [
          "files": [
            "\(Ansible.distribution)-\(Ansible.facts["distribution_version"].lower).yml",
            "\(Ansible.distribution)-\(Ansible.facts["distribution_major_version"].lower).yml",
            "\(Ansible.distribution).yml",
            "\(Ansible.osFamily)-\(Ansible.facts["distribution_major_version"].lower).yml",
            "\(Ansible.osFamily).yml",
          ],
          "paths": ["\(Ansible.rolePath)/vars"],
        ]
      ])
      .tags("always")

      Task(
        "Install the Rust packages",
        Builtin.package(name: "\(Self.packagesInUse)", state: "present"))

      Task(
        "Link the versioned programs by their plain names",
        // In check mode the package is not there, and a link to nothing needs force.
        Builtin.file(
          path: "/usr/local/bin/\(Expression.item.filter("split", "-").first)",
          force: "\(Ansible.checkMode)", src: "/usr/bin/\(Expression.item)", state: "link")
      )
      .loop("\(Self.packagesInUse)")
      .when(Self.symlinks.default(Self.distributionSymlinks).bool)

      Block("Configure Cargo") {
        Task(
          "Create the folder of Cargo's configuration",
          Builtin.file(path: "\(Self.cargoConfigPath.dirname)", mode: "0755", state: "directory"))
        Task(
          "Write Cargo's configuration",
          Builtin.copy(
            dest: "\(Self.cargoConfigPath)", content: "\(Self.cargoConfig)", mode: "0600")
        )
        .noLog()
      }
      .when(Self.cargoConfig.isDefined)
    }
  }

  var varsFiles: [(name: String, vars: VariableFile)] {
    [
      ("debian", Self.vars("Debian", ["cargo", "rustc"])),
      ("redhat", Self.vars("Red Hat and its relatives", ["rust", "cargo"])),
      (
        "ubuntu",
        Self.vars("Ubuntu", ["cargo-\(Self.version)", "rustc-\(Self.version)"], symlinks: true)
      ),
    ]
  }

  private static func vars(_ distribution: String, _ packages: Value, symlinks: Bool = false)
    -> VariableFile
  {
    VariableFile(
      "Rust on \(distribution).",
      [
        Value.Field(distributionPackages.name, packages),
        Value.Field(distributionSymlinks.name, .bool(symlinks)),
      ])
  }
}
