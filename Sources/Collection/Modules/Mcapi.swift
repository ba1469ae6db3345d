import AnsibleContent
import ModuleSpecs

/// The modules of this collection, as tasks call them.
enum Mcapi {
  static let haproxyServiceSpec = ModuleSpec(ModuleSpecs.haproxyService)
  static let kubeconfigSpec = ModuleSpec(ModuleSpecs.kubeconfig)
  static let haproxyBackendSpec = ModuleSpec(ModuleSpecs.haproxyBackend)
  static let magnumClusterTemplateSpec = ModuleSpec(ModuleSpecs.magnumClusterTemplate)
  static let magnumClusterSpec = ModuleSpec(ModuleSpecs.magnumCluster)
  static let magnumInfoSpec = ModuleSpec(ModuleSpecs.magnumInfo)

  /// `osa_ops.mcapi_vexxhost.haproxy_service`
  static func haproxyService(
    service: Value, internal: Value? = nil, lint: Value? = nil, reload: Value? = nil,
    reloadTimeout: Value? = nil, roleVariables: Value? = nil, series: Value? = nil,
    state: Value? = nil
  ) -> Action {
    Action(
      haproxyServiceSpec,
      [
        ("service", service), ("internal", `internal`), ("lint", lint), ("reload", reload),
        ("reload_timeout", reloadTimeout), ("role_variables", roleVariables), ("series", series),
        ("state", state),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.kubeconfig`
  static func kubeconfig(
    path: Value, backup: Value? = nil, certificateAuthority: Value? = nil,
    certificateAuthorityContent: Value? = nil, checkCertificates: Value? = nil,
    clusterName: Value? = nil, content: Value? = nil, context: Value? = nil,
    contextName: Value? = nil, directoryGroup: Value? = nil, directoryMode: Value? = nil,
    directoryOwner: Value? = nil, embed: Value? = nil, expectedServer: Value? = nil,
    group: Value? = nil, merge: Value? = nil, minimumValidity: Value? = nil, mode: Value? = nil,
    namespace: Value? = nil, owner: Value? = nil, server: Value? = nil, src: Value? = nil,
    state: Value? = nil, tlsServerName: Value? = nil, token: Value? = nil,
    useContext: Value? = nil, userName: Value? = nil, validityAction: Value? = nil
  ) -> Action {
    Action(
      kubeconfigSpec,
      [
        ("path", path), ("backup", backup), ("certificate_authority", certificateAuthority),
        ("certificate_authority_content", certificateAuthorityContent),
        ("check_certificates", checkCertificates), ("cluster_name", clusterName),
        ("content", content), ("context", context), ("context_name", contextName),
        ("directory_group", directoryGroup), ("directory_mode", directoryMode),
        ("directory_owner", directoryOwner), ("embed", embed),
        ("expected_server", expectedServer), ("group", group), ("merge", merge),
        ("minimum_validity", minimumValidity), ("mode", mode), ("namespace", namespace),
        ("owner", owner), ("server", server), ("src", src), ("state", state),
        ("tls_server_name", tlsServerName), ("token", token), ("use_context", useContext),
        ("user_name", userName), ("validity_action", validityAction),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.haproxy_backend`
  static func haproxyBackend(
    backend: Value? = nil, minimumReady: Value? = nil, servers: Value? = nil,
    socket: Value? = nil, state: Value? = nil, timeout: Value? = nil, wait: Value? = nil
  ) -> Action {
    Action(
      haproxyBackendSpec,
      [
        ("backend", backend), ("minimum_ready", minimumReady), ("servers", servers),
        ("socket", socket), ("state", state), ("timeout", timeout), ("wait", wait),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.magnum_cluster_template`
  static func magnumClusterTemplate(
    name: Value? = nil, uuid: Value? = nil, state: Value? = nil, onImmutable: Value? = nil,
    image: Value? = nil, flavor: Value? = nil, masterFlavor: Value? = nil, keypair: Value? = nil,
    externalNetwork: Value? = nil, fixedNetwork: Value? = nil, fixedSubnet: Value? = nil,
    dnsNameserver: Value? = nil, networkDriver: Value? = nil, volumeDriver: Value? = nil,
    dockerVolumeSize: Value? = nil, apiserverPort: Value? = nil, serverType: Value? = nil,
    coe: Value? = nil, driver: Value? = nil, httpProxy: Value? = nil, httpsProxy: Value? = nil,
    noProxy: Value? = nil, tlsDisabled: Value? = nil, floatingIPEnabled: Value? = nil,
    masterLBEnabled: Value? = nil, `public`: Value? = nil, hidden: Value? = nil, tags: Value? = nil,
    labels: Value? = nil, labelsMode: Value? = nil, allowUnknownLabels: Value? = nil,
    driverVersion: Value? = nil, cloud: Value? = nil, auth: Value? = nil, authType: Value? = nil,
    regionName: Value? = nil, interface: Value? = nil, caCert: Value? = nil,
    clientCert: Value? = nil, clientKey: Value? = nil, validateCerts: Value? = nil,
    openrc: Value? = nil, timeout: Value? = nil
  ) -> Action {
    Action(
      magnumClusterTemplateSpec,
      [
        ("name", name), ("uuid", uuid), ("state", state), ("on_immutable", onImmutable),
        ("image", image), ("flavor", flavor), ("master_flavor", masterFlavor),
        ("keypair", keypair), ("external_network", externalNetwork),
        ("fixed_network", fixedNetwork), ("fixed_subnet", fixedSubnet),
        ("dns_nameserver", dnsNameserver), ("network_driver", networkDriver),
        ("volume_driver", volumeDriver), ("docker_volume_size", dockerVolumeSize),
        ("apiserver_port", apiserverPort), ("server_type", serverType), ("coe", coe),
        ("driver", driver), ("http_proxy", httpProxy), ("https_proxy", httpsProxy),
        ("no_proxy", noProxy), ("tls_disabled", tlsDisabled),
        ("floating_ip_enabled", floatingIPEnabled), ("master_lb_enabled", masterLBEnabled),
        ("public", `public`), ("hidden", hidden), ("tags", tags), ("labels", labels),
        ("labels_mode", labelsMode), ("allow_unknown_labels", allowUnknownLabels),
        ("driver_version", driverVersion), ("cloud", cloud), ("auth", auth),
        ("auth_type", authType), ("region_name", regionName), ("interface", interface),
        ("ca_cert", caCert), ("client_cert", clientCert), ("client_key", clientKey),
        ("validate_certs", validateCerts), ("openrc", openrc), ("timeout", timeout),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.magnum_cluster`
  static func magnumCluster(
    name: Value? = nil, uuid: Value? = nil, state: Value? = nil, clusterTemplate: Value? = nil,
    keypair: Value? = nil, flavor: Value? = nil, masterFlavor: Value? = nil,
    fixedNetwork: Value? = nil, fixedSubnet: Value? = nil, floatingIPEnabled: Value? = nil,
    masterLBEnabled: Value? = nil, masterCount: Value? = nil, nodeCount: Value? = nil,
    dockerVolumeSize: Value? = nil, createTimeout: Value? = nil, labels: Value? = nil,
    labelsMode: Value? = nil, allowUnknownLabels: Value? = nil, driverVersion: Value? = nil,
    upgrade: Value? = nil, maxBatchSize: Value? = nil, wait: Value? = nil,
    waitTimeout: Value? = nil, waitInterval: Value? = nil, cloud: Value? = nil, auth: Value? = nil,
    authType: Value? = nil, regionName: Value? = nil, interface: Value? = nil,
    caCert: Value? = nil, clientCert: Value? = nil, clientKey: Value? = nil,
    validateCerts: Value? = nil, openrc: Value? = nil, timeout: Value? = nil
  ) -> Action {
    Action(
      magnumClusterSpec,
      [
        ("name", name), ("uuid", uuid), ("state", state), ("cluster_template", clusterTemplate),
        ("keypair", keypair), ("flavor", flavor), ("master_flavor", masterFlavor),
        ("fixed_network", fixedNetwork), ("fixed_subnet", fixedSubnet),
        ("floating_ip_enabled", floatingIPEnabled), ("master_lb_enabled", masterLBEnabled),
        ("master_count", masterCount), ("node_count", nodeCount),
        ("docker_volume_size", dockerVolumeSize), ("create_timeout", createTimeout),
        ("labels", labels), ("labels_mode", labelsMode),
        ("allow_unknown_labels", allowUnknownLabels), ("driver_version", driverVersion),
        ("upgrade", upgrade), ("max_batch_size", maxBatchSize), ("wait", wait),
        ("wait_timeout", waitTimeout), ("wait_interval", waitInterval), ("cloud", cloud),
        ("auth", auth), ("auth_type", authType), ("region_name", regionName),
        ("interface", interface), ("ca_cert", caCert), ("client_cert", clientCert),
        ("client_key", clientKey), ("validate_certs", validateCerts), ("openrc", openrc),
        ("timeout", timeout),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.magnum_info`
  static func magnumInfo(
    gather: Value? = nil, name: Value? = nil, cloud: Value? = nil, auth: Value? = nil,
    authType: Value? = nil, regionName: Value? = nil, interface: Value? = nil,
    caCert: Value? = nil, clientCert: Value? = nil, clientKey: Value? = nil,
    validateCerts: Value? = nil, openrc: Value? = nil, timeout: Value? = nil
  ) -> Action {
    Action(
      magnumInfoSpec,
      [
        ("gather", gather), ("name", name), ("cloud", cloud), ("auth", auth),
        ("auth_type", authType), ("region_name", regionName), ("interface", interface),
        ("ca_cert", caCert), ("client_cert", clientCert), ("client_key", clientKey),
        ("validate_certs", validateCerts), ("openrc", openrc), ("timeout", timeout),
      ])
  }
}
