import AnsibleContent

extension Playbooks {
  static let proxy = Playbook(
    "mcapi_proxy",
    "Installs the proxy through which the control plane reaches workload clusters in tenant networks."
  ) {
    Play("Install the magnum-cluster-api proxy", hosts: "\(Operator.proxyHosts)") {
      Plays.minimalFacts("Gather minimal facts of the proxy hosts").tags("always")
      Plays.installDefaults
      Task("Install the proxy", Builtin.includeRole(name: own("proxy")))
    }
    .environment(Plays.environment)
    .tags("magnum-cluster-api-proxy")
  }
}
