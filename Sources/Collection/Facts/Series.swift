import AnsibleContent

/// A series of OpenStack-Ansible, and what differs in it. Read from the stable branches of
/// openstack-ansible and openstack-ansible-plugins in November 2026.
public struct Series: Sendable {
  public let name: String
  public let codename: String
  /// The ansible-core version that OpenStack-Ansible pins.
  public let ansibleCore: String
  /// Playbooks of OpenStack-Ansible, as the operator types them in this series.
  public let createContainers: String
  public let haproxy: String
  public let magnum: String
  /// Whether it ships `env.d/k8s.yml` itself.
  public let shipsControlPlane: Bool

  public static let all = [
    Series(
      name: "2024.1", codename: "Caracal", ansibleCore: "2.15.9",
      createContainers: "lxc-containers-create.yml", haproxy: "haproxy-install.yml",
      magnum: "os-magnum-install.yml", shipsControlPlane: false),
    fullyQualified("2024.2", "Dalmatian", "2.17.5"),
    fullyQualified("2025.1", "Epoxy", "2.17.11"),
    fullyQualified("2025.2", "Flamingo", "2.18.6"),
    fullyQualified("2026.1", "Gazpacho", "2.19.6", shipsControlPlane: true),
  ]

  /// Since 2024.2 playbooks are run by fully qualified name.
  private static func fullyQualified(
    _ name: String, _ codename: String, _ ansibleCore: String, shipsControlPlane: Bool = false
  ) -> Series {
    Series(
      name: name, codename: codename, ansibleCore: ansibleCore,
      createContainers: "openstack.osa.containers_lxc_create", haproxy: "openstack.osa.haproxy",
      magnum: "openstack.osa.magnum", shipsControlPlane: shipsControlPlane)
  }
}

/// How playbooks tell the series apart while they run.
enum SeriesAtRunTime {
  /// The task file that 2024.1 has in place of the role `openstack.osa.unbound_clients`.
  static let unboundTasks = OSA.cloneRoot ~ "/playbooks/common-tasks/unbound-clients.yml"
  /// Only 2024.1 has it.
  static let isCaracal = unboundTasks.is("file")
  /// The file with which a series brings the control plane's groups itself.
  static let ownEnvironment = OSA.cloneRoot ~ "/inventory/env.d/k8s.yml"
}
