/// The texts that every module has which asks an OpenStack cloud.
enum CloudOptionsDocumentation {
  static let options: [String: [String]] = [
    "cloud": [
      "The name of a cloud in clouds.yaml, or a dictionary as a cloud has it there.",
      "Files and variables are read as openstacksdk reads them: clouds.yaml and secure.yaml in the current folder, C(~/.config/openstack) and C(/etc/openstack), and the C(OS_*) variables of the task's environment, all on the target.",
      "A proxy is used where C(http_proxy), C(https_proxy) or C(all_proxy) of that environment name one, but for the hosts in C(no_proxy).",
    ],
    "auth": [
      "What a cloud has below C(auth): V(auth_url), V(username), V(password), V(project_name), V(user_domain_name), V(project_domain_name), or an application credential. Each key counts more than the same one in O(cloud).",
      "Passwords, tokens and secrets in it are hidden in everything the module says.",
    ],
    "auth_type": ["V(password), V(token) or V(v3applicationcredential)."],
    "region_name": ["The region of the catalog."],
    "interface": ["The interface of the catalog; V(public) unless the cloud has another one."],
    "ca_cert": ["The file of the CA that has signed the servers' certificates."],
    "client_cert": ["The file of a client certificate."],
    "client_key": ["The file of its private key."],
    "validate_certs": [
      "Whether the servers' certificates are verified, which they are unless the cloud says otherwise."
    ],
    "openrc": [
      "A file of C(export OS_...) lines on the target, as OpenStack-Ansible writes to C(/root/openrc). Its variables take the place of the environment's."
    ],
    "timeout": ["Seconds for one request to the API; 60 unless the cloud has another number."],
  ]
  /// What a module returns besides, where a service has refused its request.
  static let refusal: [ModuleDocumentation.Return] = [
    .init(
      name: "request_id", type: "str", returned: "when a service refused a request",
      text: "What the service calls the request in its log."),
    .init(
      name: "status", type: "int", returned: "when a service refused a request",
      text: "The status of its answer."),
  ]
}
