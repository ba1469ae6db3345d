import AnsibleContent

extension Configuration {
  static let magnumGroupVars = file(
    "group_vars/magnum_all/main.yml", "Magnum with the Cluster API driver.",
    [
      setting(
        "magnum_magnum_cluster_api_git_install_branch", "v0.33.0",
        "Release of the driver. The proxy takes the same; keep both in step with Cluster API's version."
      ),
      setting(
        "magnum_magnum_cluster_api_git_repo",
        "\(OSA.githubBaseURL.default("https://github.com"))/vexxhost/magnum-cluster-api"),
      setting(
        "magnum_user_pip_packages",
        [
          "git+\(Operator.driverRepo)@\(Operator.driverBranch)#egg=magnum-cluster-api",
          "kubernetes",
        ], "The driver, and the client with which it talks to the control plane."),
      setting(
        "magnum_config_overrides",
        .mapping([
          setting(
            "drivers",
            .mapping([
              setting(
                "openstack_ca_file", exampleCA,
                """
                The CA that workload nodes trust for OpenStack's public endpoints, in place of the \
                system's. Leave it out when those endpoints have a certificate of a public CA.
                """)
            ])),
          setting(
            "capi_client",
            .mapping([
              setting(
                "ca_file", exampleCA,
                "The CA with which Cluster API verifies OpenStack's endpoints, public and internal."
              ),
              setting(
                "endpoint_type", "internalURL",
                "Cluster API talks to OpenStack inside the deployment."),
            ])),
          setting(
            "cluster_template",
            [
              "kubernetes_allowed_network_drivers": "calico",
              "kubernetes_default_network_driver": "calico",
            ]),
          setting("certificates", ["cert_manager_type": "x509keypair"]),
          setting(
            "nova_client",
            .mapping([
              setting(
                "api_version", "2.15", "Server groups with soft policies need this microversion.")
            ])),
        ])),
    ])

  private static let exampleCA: Value = "/usr/local/share/ca-certificates/ExampleCorpRoot.crt"

  static let magnumResources = file(
    "user_variables_z_magnum.yml",
    "Nothing of Magnum's own test resources: images, templates and flavors are the operator's.",
    [
      setting("magnum_glance_images", []),
      setting("magnum_cluster_templates", []),
      setting("magnum_flavors", []),
    ])
}
