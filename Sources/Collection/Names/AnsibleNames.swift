import AnsibleContent

/// Variables that Ansible itself provides.
enum Ansible {
  static let groups = Variable.given(by: .ansible, "groups", type: .dict, "Hosts by group.")
  static let hostvars = Variable.given(by: .ansible, "hostvars", type: .dict, "Variables by host.")
  static let inventoryHostname = Variable.given(
    by: .ansible, "inventory_hostname", type: .str, "The host's name in the inventory.")
  static let playHosts = Variable.given(
    by: .ansible, "ansible_play_hosts", type: .list(.str),
    "Hosts of this play that have not failed.")
  static let playBatch = Variable.given(
    by: .ansible, "ansible_play_batch", type: .list(.str),
    "Hosts that this play works on at the same time.")
  static let facts = Variable.given(
    by: .ansible, "ansible_facts", type: .dict, "Facts of the host.")
  static let rolePath = Variable.given(
    by: .ansible, "role_path", type: .path, "Folder of the running role.")
  static let checkMode = Variable.given(
    by: .ansible, "ansible_check_mode", type: .bool, "Whether nothing is to be changed.")
  static let failedResult = Variable.given(
    by: .ansible, "ansible_failed_result", type: .dict,
    "In a rescue: what the failed task returned.")

  static let all = [
    groups, hostvars, inventoryHostname, playHosts, playBatch, facts, rolePath, checkMode,
    failedResult,
  ]

  /// `groups['k8s_all'][0]`, where the control plane's credentials are read.
  static var firstControlPlaneHost: Expression { groups["k8s_all"][0] }
  static let distribution = facts["distribution"].lower
  static let osFamily = facts["os_family"].lower
}
