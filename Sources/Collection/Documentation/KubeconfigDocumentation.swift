import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let kubeconfig = ModuleDocumentation(
    spec: ModuleSpecs.kubeconfig,
    summary: "Deliver, read or remove a kubeconfig",
    paragraphs: [
      "Writes a kubeconfig after looking that it is one: a current context that names a cluster with an https server, and a user with credentials.",
      "Reads one from a host for others to be given, and removes one.",
      "No certificate, key, token or password appears in a result, a diff or a log, but for O(state=read), whose task needs C(no_log).",
    ],
    options: [
      "path": ["The kubeconfig on the target."],
      "state": [
        "V(present) makes the file what O(src) or O(content) says.",
        "V(read) changes nothing and returns the file's content and what is in it.",
        "V(absent) removes the file.",
      ],
      "src": ["A kubeconfig on the target to copy from."],
      "content": ["The kubeconfig as text."],
      "owner": ["User that owns the file; the user who writes it when left out."],
      "group": ["Group of the file."],
      "mode": ["Permissions of the file, as octal text or symbolic."],
      "backup": ["Keeps a file that is replaced beside the new one, with the time in its name."],
      "follow": [
        "What to do where O(path) is a symlink. V(true) replaces the file it points to; a link that points to nothing is itself replaced.",
        "V(false) refuses it. O(state=absent) always removes the link, and O(state=read) always follows it.",
        "A link that belongs neither to root nor to the user who runs the module is not followed; this goes for links to folders too, which are otherwise followed in any case.",
      ],
      "attributes": [
        "Attributes of the file as chattr takes them, with C(+), C(-) or C(=) before the letters."
      ],
      "unsafe_writes": [
        "Writes the file in place where it cannot be replaced as a whole, as a bind mount; a reader may then see a part of it."
      ],
      "seuser": ["User of the SELinux context of the file; V(_default) takes the policy's."],
      "serole": ["Role of that context; V(_default) takes the policy's."],
      "setype": ["Type of that context; V(_default) takes the policy's."],
      "selevel": ["Level of that context; V(_default) takes the policy's."],
      "directory_owner": ["User that owns the folder of the file."],
      "directory_group": ["Group of that folder."],
      "directory_mode": ["Permissions of that folder."],
    ],
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64 and needs no Python on the target.",
      "The file is replaced as a whole or stays as it was.",
    ],
    examples: """
      - name: Read the administrator's kubeconfig on the first control plane host
        osa_ops.mcapi_vexxhost.kubeconfig:
          path: /etc/kubernetes/admin.conf
          state: read
        register: admin_kubeconfig
        delegate_to: "{{ groups['k8s_all'][0] }}"
        run_once: true
        no_log: true

      - name: Write it for Magnum
        osa_ops.mcapi_vexxhost.kubeconfig:
          path: /var/lib/magnum/.kube/config
          content: "{{ admin_kubeconfig.content }}"
          owner: magnum
          group: magnum
        no_log: true

      """,
    returns: [
      Return(
        name: "backup_file", type: "str", returned: "when backup is true and a file was replaced",
        text: "The path of the copy."),
      Return(
        name: "content", type: "str", returned: "when state is read",
        text: "The kubeconfig as text."),
      Return(
        name: "current_context", type: "str", returned: "when state is present or read",
        text: "The context in use."),
      Return(
        name: "contexts", type: "list", returned: "when state is present or read",
        text: "The names of the contexts."),
      Return(
        name: "cluster", type: "str", returned: "when state is present or read",
        text: "The cluster of the current context."),
      Return(
        name: "server", type: "str", returned: "when state is present or read",
        text: "The address of that cluster's API."),
      Return(
        name: "user", type: "str", returned: "when state is present or read",
        text: "The name of the current context's user."),
      Return(name: "path", type: "str", returned: "always", text: "The kubeconfig on the target."),
    ])
}
