import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let kubeconfig = ModuleDocumentation(
    spec: ModuleSpecs.kubeconfig,
    summary: "Deliver, merge, read, check or remove a kubeconfig",
    paragraphs: [
      "Writes a kubeconfig after looking that it can be used: a context that names a cluster with an https server, and a user with credentials that are valid and belong together.",
      "Takes it as it is, or with another server, CA, token, namespace and other names, or merges it into a file whose other clusters stay.",
      "Reads one from a host for others to be given, says what is in one, and removes one or a context of one.",
      "No certificate, key, token or password appears in a result, a diff or a log, but for O(state=read), whose task needs C(no_log).",
    ],
    options: [
      "path": ["The kubeconfig on the target."],
      "state": [
        "V(present) makes the file what O(src) or O(content) and the other options say.",
        "V(read) changes nothing and returns the file's content and what is in it.",
        "V(info) changes nothing, returns what is in the file and whether it can be used, and does not fail for what it holds.",
        "V(absent) removes the file; with O(context) that context alone, and its cluster and user where no other context uses them.",
      ],
      "src": [
        "Kubeconfigs on the target to copy from. Several are one as in the variable C(KUBECONFIG): of entries with one name that of the first file counts, and those that do not exist are left out.",
        "Relative paths in them are made absolute, unless the file lies in the folder of O(path).",
      ],
      "content": ["The kubeconfig as text."],
      "context": [
        "The context to take; the current one when left out. With this option or one for a new name the file has this context alone, with its cluster and user.",
        "With O(state=read) and O(state=info) the context to look at, with O(state=absent) the one to remove.",
      ],
      "context_name": ["Name of the context in the file that is written."],
      "cluster_name": ["Name of the cluster there."],
      "user_name": ["Name of the user there."],
      "namespace": ["Namespace of the context."],
      "server": ["Address of the cluster's API, in place of the one in the source."],
      "tls_server_name": [
        "Name that the server's certificate has, where it is not the host of the address."
      ],
      "certificate_authority": [
        "Certificate of the cluster's CA in PEM, a file on the target. It is embedded, in place of what is there."
      ],
      "certificate_authority_content": ["The same as text."],
      "embed": [
        "Embeds the certificates and keys that the source refers to by path. A file with a token stays one."
      ],
      "token": ["Gives the user this token in place of all its credentials."],
      "merge": [
        "Merges into the file that is there. Entries of the same names are replaced, and everything else stays: other contexts, unknown fields, extensions, plugins. Comments are lost if something changes."
      ],
      "use_context": ["Whether the context becomes the current one when it is merged."],
      "expected_server": [
        "Host, host:port or URL that the server's address must have; another one is a failure."
      ],
      "check_certificates": [
        "Looks that the key belongs to the certificate, that the cluster's CA has issued it, and that certificates and token are valid now. Signatures are verified, by the target's libcrypto, before something is written and with O(state=info)."
      ],
      "minimum_validity": [
        "How long the client's certificate, the CA and a token must be valid at least: V(30d), V(12h), V(90m), V(600s) or a number of seconds."
      ],
      "validity_action": ["What happens when one of them ends sooner."],
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
      "serole": ["Role of the SELinux context of the file; V(_default) takes the policy's."],
      "setype": ["Type of the SELinux context of the file; V(_default) takes the policy's."],
      "selevel": ["Level of the SELinux context of the file; V(_default) takes the policy's."],
      "directory_owner": ["User that owns the folder of the file."],
      "directory_group": ["Group of the folder of the file."],
      "directory_mode": [
        "Permissions of the folder of the file, which is made where it is missing; folders made around it get C(0755)."
      ],
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
          expected_server: "{{ internal_lb_vip_address }}"
          minimum_validity: 30d
        no_log: true

      - name: Merge it into an operator's kubeconfig under names of its own
        osa_ops.mcapi_vexxhost.kubeconfig:
          path: /root/.kube/config
          content: "{{ admin_kubeconfig.content }}"
          merge: true
          use_context: false
          context_name: magnum
          cluster_name: magnum
          user_name: magnum-admin
        no_log: true

      - name: Ask how long it is valid
        osa_ops.mcapi_vexxhost.kubeconfig:
          path: /root/.kube/config
          state: info
          context: magnum
          minimum_validity: 30d
        register: magnum_kubeconfig

      """,
    returns: [
      Return(
        name: "backup_file", type: "str", returned: "when backup is true and a file was replaced",
        text: "The path of the copy."),
      Return(
        name: "content", type: "str", returned: "when state is read",
        text: "The kubeconfig as text."),
      Return(
        name: "contexts", type: "list", returned: "when state is present, read or info",
        text: "The names of the contexts."),
      Return(
        name: "clusters", type: "list", returned: "when state is present, read or info",
        text: "The names of the clusters."),
      Return(
        name: "users", type: "list", returned: "when state is present, read or info",
        text: "The names of the users."),
      Return(
        name: "servers", type: "dict", returned: "when state is present, read or info",
        text: "The address of each cluster's API, by the cluster's name."),
      Return(
        name: "current_context", type: "str", returned: "when state is present, read or info",
        text: "The context in use."),
      Return(
        name: "cluster", type: "str", returned: "when state is present, read or info",
        text: "The cluster of the context that was delivered or looked at."),
      Return(
        name: "server", type: "str", returned: "when state is present, read or info",
        text: "The address of that cluster's API."),
      Return(
        name: "user", type: "str", returned: "when state is present, read or info",
        text: "The name of that context's user."),
      Return(
        name: "client_certificate_subject", type: "str",
        returned: "when the user has a certificate",
        text: "Who the user is, as in CN=kubernetes-admin,O=system:masters."),
      Return(
        name: "client_certificate_expires", type: "str",
        returned: "when the user has a certificate",
        text: "Until when it is valid, in UTC as ISO 8601."),
      Return(
        name: "client_certificate_seconds_left", type: "int",
        returned: "when the user has a certificate",
        text: "The seconds until then; negative when it has expired."),
      Return(
        name: "certificate_authority_expires", type: "str", returned: "when the cluster has a CA",
        text: "Until when it is valid; of several certificates the one that lasts longest."),
      Return(
        name: "certificate_authority_seconds_left", type: "int",
        returned: "when the cluster has a CA",
        text: "The seconds until then."),
      Return(
        name: "token_expires", type: "str",
        returned: "when the user has a JSON Web Token that expires",
        text: "Until when it is valid."),
      Return(
        name: "token_seconds_left", type: "int",
        returned: "when the user has a JSON Web Token that expires",
        text: "The seconds until then."),
      Return(
        name: "usable", type: "bool", returned: "when state is info",
        text: "Whether the file is there and passes all checks."),
      Return(
        name: "problem", type: "str", returned: "when state is info",
        text: "What is wrong, and what to do; empty when the file can be used."),
      Return(name: "path", type: "str", returned: "always", text: "The kubeconfig on the target."),
    ])
}
