import AnsibleContent

extension Playbooks {
  /// The state of Cluster API, exported every day to an archive that operators fetch.
  static let backups =
    Play("Set up the backups of Cluster API", hosts: "k8s_all") {
      Block("Back up the state of Cluster API on this host") {
        Task(
          "Create the group that may read the backups",
          Builtin.group(
            name: "\(Operator.backupsGroup)", gid: "\(Operator.backupsGroupID.defaultOmit)",
            state: "present"))
        Task(
          "Create the folder of the backups",
          Builtin.file(
            path: "\(Operator.backupsPath)", group: "\(Operator.backupsGroup)", mode: "0750",
            owner: "root", state: "directory"))
        Task(
          "Install the backup scripts",
          Builtin.copy(
            dest: "\(Operator.backupsPath)/\(Expression.item)", group: "root", mode: "0755",
            owner: "root", src: "scripts/\(Expression.item)")
        )
        .loop(["export-cluster-api-state.sh", "import-cluster-api-state.sh"])
        Task(
          "Install clusterctl, which Cluster API brings to the first k8s host alone",
          Builtin.includeRole(name: Plays.kubernetesRole("clusterctl"))
        )
        .when(Ansible.inventoryHostname != Operator.controlPlaneHostsOfPlay.first)
        Task("Run the backup on a timer", Builtin.includeRole(name: "systemd_service"))
          .vars([
            "systemd_service_enabled": true,
            "systemd_service_restart_changed": false,
            "systemd_group_name": "\(Operator.backupsGroup)",
            // In the default slice the role would give /run/system to this group, and to root again
            // for the next service.
            "systemd_slice_name": "cluster-api-backup",
            // The role's two minutes would end an export that still waits for a cluster: it tries
            // twenty times, half a minute apart.
            "systemd_service_timeout_sec": "2h",
            "systemd_services": [
              [
                "service_name": "cluster-api-backup",
                // Started by hand it ends with the backup, and a backup that failed is not started
                // again every two seconds.
                "service_type": "oneshot",
                "execstarts": ["\(Operator.backupsPath)/export-cluster-api-state.sh"],
                "environment": ["UMASK": "0640", "UMASK_DIR": "0750"],
                "config_overrides": "\(Operator.backupsOverrides)",
                "timer": [
                  "state": "started",
                  "options": [
                    "OnCalendar": "\(Operator.backupsOnCalendar)",
                    "RandomizedDelaySec": "\(Operator.backupsDelay)",
                    "Persistent": true,
                    "Unit": "cluster-api-backup.service",
                  ],
                ],
              ]
            ],
          ])
      }
      .when(
        Operator.backupsEnabled.bool, Ansible.inventoryHostname.in(Operator.backupsNodes))
    }
    .gatheringFacts()
    .remoteUser("root")
    .tags("backups")
}
