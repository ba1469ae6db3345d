import AnsibleContent

/// What the roles `images`, `cluster_templates` and `workload_cluster` say alike to an operator.
enum Remarks {
  /// Says that a list is empty: a name that is misspelt, or a list that was forgotten, leaves nothing
  /// to do, which looks like success.
  ///
  /// - Parameters:
  ///   - what: That is kept, in the singular.
  ///   - declared: The operator's list.
  ///   - variables: Those that declare one.
  ///   - handed: Takes their place where it is set.
  static func thatNo(
    _ what: String, isIn declared: Expression, _ variables: [Variable], unless handed: Variable
  ) -> Task {
    Task(
      "Tell that no \(what) is declared",
      Builtin.debug(
        msg:
          "Nothing to do: no \(text: what) is declared in \(text: variables.map(\.name).joined(separator: " or "))."
      )
    )
    .when(!handed.isDefined, declared.length == 0)
  }

  /// Refuses versions that are none, where they are read.
  ///
  /// - Parameter lists: Each takes their place where it is set.
  static func refusalOfVersions(unless lists: Variable...) -> Task {
    let refusal = Task(
      "Refuse versions that Kubernetes does not have",
      Builtin.fail(
        msg: """
          \(text: MagnumVariables.versions.name) has \(others.filter("join", ", ")): it is a list of versions \
          of Kubernetes, each as v1.34.2.
          """)
    )
    return lists.reduce(refusal) { $0.when(!$1.isDefined) }.when(others.length > 0)
  }

  private static var others: Expression {
    let versions = MagnumVariables.versions.expression
    let wrong = versions.filter(
      "reject", "match", "v[0-9]+[.][0-9]+[.][0-9]+(-(alpha|beta|rc)[.][0-9]+)?$"
    )
    .filter("list")
    return versions.is("string").then(Expression.list(versions), else: wrong)
  }

  /// What was done, or in check mode would be.
  static func showing(_ actions: Expression) -> Value {
    "\(Ansible.checkMode.then(Expression.list("Nothing was done, in check mode. What would be:"), else: Expression.emptyList) + actions)"
  }
}
