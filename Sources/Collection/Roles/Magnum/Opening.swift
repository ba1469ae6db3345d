import AnsibleContent

/// What the roles `images`, `cluster_templates` and `workload_cluster` look at before all else.
enum Opening {
  /// A name that is misspelt, or a list that was forgotten, leaves nothing to do, which is no failure
  /// and looks like success.
  ///
  /// - Parameters:
  ///   - what: That is kept, in the singular.
  ///   - declared: The operator's list.
  ///   - variables: Those that declare one.
  static func words(ofNo what: String, in declared: Expression, _ variables: [Variable]) -> Task {
    Task(
      "Tell that no \(what) is declared",
      Builtin.debug(
        msg:
          "Nothing to do: no \(text: what) is declared in \(text: variables.map(\.name).joined(separator: " or "))."
      )
    )
    .when(declared.length == 0)
  }

  static var refusalOfVersions: Task {
    Task(
      "Refuse versions that Kubernetes does not have",
      Builtin.fail(
        msg: """
          \(text: MagnumVariables.versions.name) has \(others.filter("join", ", ")): write versions of \
          Kubernetes as v1.34.2.
          """)
    )
    .when(others.length > 0)
  }

  private static var others: Expression {
    MagnumVariables.versions.filter("reject", "match", "v[0-9]+[.][0-9]+[.][0-9]+$")
      .filter("list")
  }

  /// What was done, or in check mode would be.
  static func shown(_ actions: Expression) -> Value {
    "\(Ansible.checkMode.then(Expression.list("Nothing was done, in check mode. What would be:"), else: Expression.emptyList) + actions)"
  }
}
