import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let haproxyService = ModuleDocumentation(
    spec: ModuleSpecs.haproxyService,
    summary: "Write a service into HAProxy's configuration as OpenStack-Ansible does",
    paragraphs: [
      "Writes a service dictionary of OpenStack-Ansible's haproxy_server role to its fragment, byte for byte as the role writes it, assembles the configuration, and reloads HAProxy.",
      "HAProxy checks the whole configuration before anything is changed. A refusal names the fragment and the line in it.",
      "After the reload the module asks HAProxy's socket whether a new process serves the service. If not, the files from before are put back and HAProxy is reloaded once more.",
      "Keys that do nothing, and options that HAProxy ignores, are shown as warnings.",
    ],
    options: [
      "service": [
        "The service, with the keys of the haproxy_server role. A key that the role does not know is refused.",
        "Its C(state) and C(haproxy_service_enabled) count too: V(absent) and false remove it.",
      ],
      "state": [
        "V(present) makes fragment and configuration what O(service) says.",
        "V(absent) removes the fragment; of O(service) the name is enough.",
      ],
      "series": [
        "The series of OpenStack-Ansible whose text is written.",
        "The texts of V(2024.1), V(2024.2) and of all later series differ in mode tcp and in health checks.",
      ],
      "role_variables": [
        "What the role's template reads beside the service, under the role's names and with its defaults."
      ],
      "role_variables.haproxy_vip_binds": [
        "Where services without C(haproxy_bind) listen: addresses, or dictionaries with C(address), C(interface) and C(type).",
        "Made of both VIPs below when left out.",
      ],
      "role_variables.haproxy_bind_external_lb_vip_address": ["The address of the external VIP."],
      "role_variables.haproxy_bind_internal_lb_vip_address": ["The address of the internal VIP."],
      "role_variables.haproxy_bind_external_lb_vip_interface": [
        "The interface of the external VIP."
      ],
      "role_variables.haproxy_bind_internal_lb_vip_interface": [
        "The interface of the internal VIP."
      ],
      "role_variables.extra_lb_vip_addresses": ["More addresses to listen on."],
      "role_variables.extra_lb_tls_vip_addresses": ["More addresses to listen on with TLS."],
      "role_variables.haproxy_host": [
        "The host in the names of certificates; C(hostname) when left out."
      ],
      "role_variables.hostname": ["The name of the host, as the fact; its own when left out."],
      "role_variables.haproxy_ssl_cert_path": [
        "The folder of the certificates; C(/etc/haproxy/ssl) when left out."
      ],
      "role_variables.haproxy_system_ca": [
        "The system's certificate authorities; C(/etc/ssl/certs/ca-certificates.crt) when left out, which is Debian's."
      ],
      "role_variables.haproxy_interval": [
        "Time between health checks, in milliseconds or with a unit; 12000 when left out."
      ],
      "role_variables.haproxy_rise": ["Good checks until a server is up; 3 when left out."],
      "role_variables.haproxy_fall": ["Failed checks until a server is down; 3 when left out."],
      "role_variables.haproxy_stick_table": ["The stick table of services without one."],
      "role_variables.haproxy_frontend_h2": [
        "Whether frontends with TLS offer HTTP/2; true when left out."
      ],
      "role_variables.haproxy_backend_h2": [
        "Whether servers are asked with HTTP/2; false when left out."
      ],
      "role_variables.haproxy_frontend_extra_raw": ["Lines for every frontend."],
      "role_variables.haproxy_frontend_redirect_extra_raw": [
        "Lines for every redirect to HTTPS that has ACLs; those of all frontends when left out."
      ],
      "role_variables.node_addresses": [
        "Addresses of nodes that the service gives by name alone, which the role looks up in the inventory."
      ],
      "role_variables.ansible_managed": [
        "The first line of the fragment; C(Ansible managed) when left out."
      ],
      "internal": [
        "Whether the service must not be reachable from outside; a finding of O(lint) when it listens at the external VIP or on all addresses."
      ],
      "lint": [
        "What happens when the service holds something that has no effect: V(warn), V(fail) before anything is changed, or V(ignore)."
      ],
      "conf_dir": ["The folder of the fragments."],
      "config": ["The configuration that is assembled of them."],
      "map_dir": [
        "The folder of contributions to maps (C(haproxy_map_entries)); the maps lie in the folder around it."
      ],
      "owner": ["User that owns the fragment and contributions to maps."],
      "group": ["Group of the fragment and of contributions to maps."],
      "mode": ["Permissions of the fragment and of contributions to maps."],
      "map_dir_mode": ["Permissions of a folder made for contributions to a map."],
      "config_owner": ["User that owns the configuration and the maps."],
      "config_group": ["Group of the configuration and the maps."],
      "config_mode": ["Permissions of the configuration and the maps."],
      "program": ["HAProxy's program, for the check."],
      "check_timeout": ["Seconds that the check may take."],
      "reload": [
        "Whether HAProxy is reloaded when the configuration has changed. Without it nothing is confirmed."
      ],
      "reload_command": [
        "The program that reloads HAProxy, and its arguments; no shell reads it."
      ],
      "reload_timeout": [
        "Seconds that this program may take, and seconds to wait for the new process."
      ],
      "socket": ["HAProxy's runtime socket (C(stats socket)), on which the reload is confirmed."],
      "socket_timeout": ["Seconds that one answer on it may take."],
    ],
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64 and needs no Python on the target.",
      "A run that changes nothing starts no other program.",
      "In check mode HAProxy checks the new configuration too, unless a map would change.",
      "Passwords in free lines (C(stats auth), user lists, headers that log in) are hidden in what the module reports.",
      "Run it for one service of a host at a time: the configuration is made of all fragments.",
    ],
    examples: """
      - name: Serve the Kubernetes API at the internal VIP
        osa_ops.mcapi_vexxhost.haproxy_service:
          service: "{{ hostvars[groups['k8s_all'][0]].k8s_haproxy_services[0] }}"
          internal: true
          role_variables:
            haproxy_bind_external_lb_vip_address: "{{ haproxy_bind_external_lb_vip_address | default(external_lb_vip_address) }}"
            haproxy_bind_internal_lb_vip_address: "{{ haproxy_bind_internal_lb_vip_address | default(internal_lb_vip_address) }}"
            node_addresses: "{{ dict(groups['k8s_all'] | zip(groups['k8s_all'] | map('extract', hostvars, 'management_address'))) }}"

      - name: Remove it
        osa_ops.mcapi_vexxhost.haproxy_service:
          service:
            haproxy_service_name: k8s
          state: absent

      """,
    returns: [
      Return(name: "path", type: "str", returned: "success", text: "The fragment."),
      Return(
        name: "config", type: "str", returned: "success", text: "The configuration made of them."),
      Return(
        name: "findings", type: "list", returned: "success",
        text: "What has no effect: dictionaries with key and message."),
      Return(
        name: "reloaded", type: "bool", returned: "success",
        text: "Whether HAProxy has been reloaded, or in check mode would be."),
      Return(
        name: "process", type: "int", returned: "when HAProxy has been reloaded",
        text: "The process that serves now."),
    ])
}
