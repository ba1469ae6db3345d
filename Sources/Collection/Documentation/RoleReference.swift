import AnsibleContent

/// `README.md` of each role.
enum RoleReference {
  static func file(of role: any Role) -> GeneratedFile {
    GeneratedFile(
      path: "roles/\(role.name)/README.md",
      text: """
        \(GeneratedHeader.markdown())

        # Role osa_ops.mcapi_vexxhost.\(role.name)

        \(role.summary)

        \(VariableReference.table(role.variables))

        """)
  }
}
