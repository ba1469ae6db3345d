import AnsibleContent

/// Role `proxy`: lets the control plane reach workload clusters inside tenant networks.
struct ProxyRole: Role {
  let name = "proxy"
  let summary =
    "Installs the magnum-cluster-api proxy, which lets the control plane reach workload clusters in tenant networks."
  let platforms = Platforms.all
  let variables = ProxyVariables.all

  var tasks: Tasks {
    Tasks {
      Task(
        "Install the driver and HAProxy in a virtual environment",
        Builtin.importRole(name: "python_venv_build")
      )
      .vars([
        "venv_python_executable": "\(OSA.venvPython.default("python3"))",
        "venv_build_constraints": "\(ProxyVariables.constraints)",
        "venv_install_destination_path": "\(ProxyVariables.bin.dirname)",
        "venv_install_distro_package_list": ["haproxy"],
        "venv_pip_install_args": "\(OSA.pipInstallOptions.default(""))",
        "venv_pip_packages": "\(ProxyVariables.packages)",
      ])

      Task(
        "Create the system group of the proxy",
        Builtin.group(name: "\(ProxyVariables.group)", state: "present", system: true))

      Task(
        "Create the system user of the proxy",
        Builtin.user(
          name: "\(ProxyVariables.user)", comment: "\(ProxyVariables.comment)", createHome: true,
          group: "\(ProxyVariables.group)", home: "\(ProxyVariables.home)",
          shell: "\(ProxyVariables.shell)", system: true))

      Task(
        "Create the folders of the proxy",
        Builtin.file(
          path: "\(Expression.item)", group: "\(ProxyVariables.group)", mode: "0750",
          owner: "\(ProxyVariables.user)", state: "directory")
      )
      .loop(["\(ProxyVariables.etc)", "\(ProxyVariables.home)"])

      OwnAccess.proxy.tasks(administrator: "\(ProxyVariables.kubeconfigSource)")
      ControlPlaneKubeconfig.read(
        from: OwnAccess.proxy.source(ProxyVariables.kubeconfigSource.expression),
        if: OwnAccess.proxy.isKnown)
      ControlPlaneKubeconfig.writeTask(
        "Write the kubeconfig for the proxy", to: "\(ProxyVariables.kubeconfig)",
        owner: "\(ProxyVariables.user)", group: "\(ProxyVariables.group)"
      )
      .when(OwnAccess.proxy.isKnown)
      .notify("k8s config changed")

      Task(
        "Let the proxy start its privileged helper",
        Builtin.template(
          dest: "/etc/sudoers.d/capi_proxy_sudoers", src: "capi_sudoers.j2", group: "root",
          mode: "0440", owner: "root", validate: "/usr/sbin/visudo -cf %s"))

      Task("Run the proxy as a service", Builtin.importRole(name: "systemd_service"))
        .vars([
          "systemd_user_name": "\(ProxyVariables.user)",
          "systemd_group_name": "\(ProxyVariables.group)",
          "systemd_tempd_prefix": "openstack",
          "systemd_slice_name": "magnum-cluster-api-proxy",
          "systemd_service_cpu_accounting": true,
          "systemd_service_block_io_accounting": true,
          "systemd_service_memory_accounting": true,
          "systemd_service_tasks_accounting": true,
          "systemd_services": [
            [
              "service_name": "magnum-cluster-api-proxy",
              "execstarts": ["\(ProxyVariables.bin)/magnum-cluster-api-proxy"],
              "start_order": 1,
              "environment": "\(ProxyVariables.environment)",
            ]
          ],
        ])

      OwnAccess.proxy.withdrawal(
        administrator: "\(ProxyVariables.kubeconfigSource)", from: Operator.proxyHosts,
        restart: "k8s config changed")
    }
  }

  var handlers: [Task] {
    [
      Task(
        "Restart magnum-cluster-api-proxy",
        Builtin.systemdService(
          daemonReload: true, enabled: true, name: "magnum-cluster-api-proxy", state: "restarted")
      )
      .listen("venv changed", "systemd service changed", "k8s config changed")
    ]
  }
}
