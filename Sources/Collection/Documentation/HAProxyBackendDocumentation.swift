import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let haproxyBackend = ModuleDocumentation(
    spec: ModuleSpecs.haproxyBackend,
    summary: "Drain servers of an HAProxy backend, make them ready, wait for them",
    paragraphs: [
      "Sets the administrative state of servers on HAProxy's runtime socket, for names and patterns, and only where it is another one.",
      "Waits until servers are up, have passed their health check, or have no sessions left.",
      "Returns what HAProxy knows of each server, with the result of its last health check.",
    ],
    options: [
      "backend": [
        "The backend, or the C(listen) section; all of them when left out, which only O(state=info) may do."
      ],
      "servers": [
        "Names of servers, or patterns as a shell has them (C(*), C(?), C([...])); all servers when left out.",
        "A name or pattern that fits no server is a failure, which lists those there are.",
      ],
      "state": [
        "V(ready) lets the servers have connections.",
        "V(drain) lets them have no new ones; those they have go on, and so do their health checks.",
        "V(maint) takes them out, without health checks. Connections they have go on.",
        "V(info) changes nothing.",
        "A state lasts until HAProxy is reloaded or restarted, unless it has a C(server-state-file).",
      ],
      "wait": [
        "What to wait for after the state is set, or with O(state=info) on its own; all that is named must hold for each server.",
        "When it does not come about in time the task fails, says which server is in what state, and leaves the state as set. A server in drain stays in drain, so that nothing is sent to a host on which work may have begun.",
        "It also fails when a server loses the state that was set, as in a reload. A socket that does not answer for a moment is asked again.",
        "Check mode does not wait.",
      ],
      "wait.operational": [
        "V(up) is up, or warming up with C(slowstart).",
        "V(stopping) is up, with a health check that asks for no new sessions.",
        "A server that leaves maintenance counts as up at once; O(wait.check) waits for proof.",
      ],
      "wait.check": [
        "V(passed) is a passed health check and full health, as many passes as C(rise) asks for. After maintenance that needs a check that was made since, provided that C(fall) is 2 or more.",
        "V(passed_or_none) is the same for a server that is checked, and up for one without a check of its own, of which HAProxy knows no more.",
        "V(failed) is a failed one.",
      ],
      "wait.sessions": [
        "So many sessions at most on each server; V(0) is a server that nobody uses."
      ],
      "wait.deadline": ["Seconds after which the wait has failed; V(0) looks once."],
      "wait.interval": ["Seconds from one look to the next."],
      "minimum_ready": [
        "So many servers of the backend must be left that are ready, up and have a weight, or none is taken out. Backup servers are not counted, and those in O(servers) are not either.",
        "V(0) allows to take out the last one.",
        "Tasks that run at the same time on one HAProxy host take turns, so that no two of them each take the other's last one.",
      ],
      "socket": [
        "HAProxy's runtime socket on the target, which needs level admin; V(/var/run/haproxy.stat) is OpenStack-Ansible's."
      ],
      "timeout": ["Seconds for one command, from connecting to the end of the reply."],
    ],
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64 and needs no Python on the target.",
      "HAProxy 2.4 or later. Every HAProxy host has states of its own; set them on each with C(delegate_to).",
      "Supports check mode and diff.",
    ],
    examples: """
      - name: Take this host out of every load balancer before work on it
        osa_ops.mcapi_vexxhost.haproxy_backend:
          backend: k8s-back
          servers: "{{ inventory_hostname }}"
          state: drain
          wait:
            sessions: 0
            deadline: 300
        delegate_to: "{{ item }}"
        loop: "{{ groups['haproxy_all'] }}"

      - name: Put it back, and wait until its health check has passed
        osa_ops.mcapi_vexxhost.haproxy_backend:
          backend: k8s-back
          servers: "{{ inventory_hostname }}"
          state: ready
          wait:
            check: passed
            deadline: 120
        delegate_to: "{{ item }}"
        loop: "{{ groups['haproxy_all'] }}"

      - name: See all servers of all backends
        osa_ops.mcapi_vexxhost.haproxy_backend:
        register: load_balancer

      """,
    returns: [
      Return(
        name: "servers", type: "list", returned: "when HAProxy could be asked",
        text: """
          Each server that was named, after the change: backend, name, address; admin (ready, drain or \
          maint) and admin_from (runtime, configuration, tracking, resolution); operational (up, \
          starting, stopping or down); status as HAProxy's status page writes it; check with status, \
          result, code, description and last, null without a health check; sessions, queue, weight, \
          backup.
          """),
      Return(
        name: "changed_servers", type: "list", returned: "when HAProxy could be asked",
        text: "The names of the servers whose state was changed, or would be in check mode."),
      Return(
        name: "haproxy", type: "dict", returned: "when state is info",
        text: "The version of HAProxy, the pid of its process and the seconds since it was started."
      ),
    ])
}
