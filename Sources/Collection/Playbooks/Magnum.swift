import AnsibleContent

extension Playbooks {
  static let images = magnum(
    "images",
    "Uploads the node images of mcapi_magnum_images or mcapi_magnum_kubernetes_versions, and keeps their properties.",
    play: "Keep the node images")

  static let clusterTemplates = magnum(
    "cluster_templates",
    "Keeps the cluster templates of mcapi_magnum_cluster_templates or mcapi_magnum_kubernetes_versions as they are declared.",
    play: "Keep the cluster templates")

  static let workloadCluster = magnum(
    "workload_cluster",
    "Makes, resizes, upgrades and removes the workload clusters of mcapi_magnum_clusters, and waits for them.",
    play: "Keep the workload clusters")

  /// A role of the playbook's name on the utility host, which has the clients and the credentials.
  private static func magnum(_ role: String, _ summary: String, play: String) -> Playbook {
    Playbook(role, summary) {
      Play(play, hosts: "utility_all[0]") {
        Plays.installDefaults
        Plays.withClients("\(play) with the clients of OpenStack") {
          Task("\(play) as they are declared", Builtin.includeRole(name: own(role)))
        }
      }
      .gatheringFacts()
      .environment(Plays.environment)
    }
  }
}
