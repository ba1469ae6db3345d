# Stands in for template service.j2 of OpenStack-Ansible's haproxy_server role.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""A service definition of OpenStack-Ansible as HAProxy's configuration text.

Only what the lab can serve: no TLS on the front (it has no certificates), no redirects, no
HTTP/2, no maps. A key outside these lists is refused, where the real template would ignore it.
"""

from __future__ import annotations

PLAYED = {
    "haproxy_service_name",
    "haproxy_port",
    "haproxy_backend_port",
    "haproxy_check_port",
    "haproxy_balance_type",
    "haproxy_balance_alg",
    "haproxy_bind",
    "haproxy_backend_nodes",
    "haproxy_backup_nodes",
    "haproxy_backend_options",
    "haproxy_backend_arguments",
    "haproxy_backend_httpcheck_options",
    "haproxy_backend_server_options",
    "haproxy_backend_ssl",
    "haproxy_backend_ssl_check",
    "haproxy_backend_ca",
    "haproxy_allowlist_networks",
    "haproxy_frontend_raw",
    "haproxy_timeout_client",
    "haproxy_timeout_server",
    "haproxy_service_enabled",
    "haproxy_limit_hosts",
    "interval",
    "backend_rise",
    "backend_fall",
    "backup_rise",
    "backup_fall",
    "state",
}
# Known to the real role, and without effect as long as they are false or empty.
NOT_PLAYED = {
    "haproxy_ssl",
    "haproxy_ssl_all_vips",
    "haproxy_ssl_path",
    "haproxy_backend_h2",
    "haproxy_backend_only",
    "haproxy_frontend_only",
    "haproxy_frontend_acls",
    "haproxy_frontend_h2",
    "haproxy_acls",
    "haproxy_maps",
    "haproxy_map_entries",
    "haproxy_stick_table",
    "haproxy_stick_table_enabled",
    "haproxy_default_backend",
    "haproxy_accept_both_protocols",
    "haproxy_redirect_http_port",
    "haproxy_redirect_scheme",
    "haproxy_http_keepalive_mode",
}
# The real template reads none of these, though operators have long written them.
DEAD = {"haproxy_interval", "haproxy_backend_rise", "haproxy_backend_fall"}


def check(service):
    if "haproxy_service_name" not in service or "haproxy_port" not in service:
        raise ValueError(f"haproxy_service_name or haproxy_port is missing: {service!r}")
    name = service["haproxy_service_name"]
    unknown = sorted(set(service) - PLAYED - NOT_PLAYED - DEAD)
    if unknown:
        raise ValueError(f"service {name}: haproxy_server knows no {', '.join(unknown)}")
    used = sorted(key for key in NOT_PLAYED if service.get(key))
    if used:
        raise ValueError(f"service {name}: the stand-in does not play {', '.join(used)}")


def wanted(service):
    """Whether the real role would write this service: enabled, present, with a server."""
    enabled = str(service.get("haproxy_service_enabled", True)).lower() in ("true", "yes", "1")
    nodes = service.get("haproxy_backend_nodes") or service.get("haproxy_backup_nodes")
    return enabled and service.get("state") != "absent" and bool(nodes)


def address(node, addresses):
    if isinstance(node, dict):
        return node["name"], node["ip_addr"]
    if node not in addresses:
        raise ValueError(f"backend {node} has no management_address")
    return str(node), addresses[node]


def server(service, node, addresses, kind):
    name, ip = address(node, addresses)
    port = service.get("haproxy_backend_port", service["haproxy_port"])
    words = [f"server {name} {ip}:{port} check port {service.get('haproxy_check_port', port)}"]
    words.append(f"inter {service.get('interval', 12000)}")
    words.append(f"rise {service.get(kind + '_rise', 3)} fall {service.get(kind + '_fall', 3)}")
    if kind == "backup":
        words.append("backup")
    if service.get("haproxy_backend_ssl"):
        words.append("ssl")
        if service.get("haproxy_backend_ssl_check", True):
            words.append("check-ssl")
        ca = service.get("haproxy_backend_ca")
        system_ca = "/etc/ssl/certs/ca-certificates.crt"
        words.append(f"ca-file {ca if isinstance(ca, str) else system_ca}" if ca else "verify none")
    words += service.get("haproxy_backend_server_options", [])
    return " ".join(words)


def front(service, bind, number, mode):
    place = bind["address"] if isinstance(bind, dict) else bind
    interface = (
        f" interface {bind['interface']}"
        if isinstance(bind, dict) and bind.get("interface")
        else ""
    )
    name = service["haproxy_service_name"]
    lines = [f"bind {place}:{service['haproxy_port']}{interface}"]
    lines += (
        ["option httplog", "option forwardfor except 127.0.0.0/8"]
        if mode == "http"
        else ["option tcplog"]
    )
    if "haproxy_timeout_client" in service:
        lines.append(f"timeout client {service['haproxy_timeout_client']}")
    if "haproxy_allowlist_networks" in service:
        networks = " ".join(service["haproxy_allowlist_networks"])
        lines.append(f"acl allow_list src 127.0.0.1/8 {networks}")
        lines += ["tcp-request content accept if allow_list", "tcp-request content reject"]
    lines += [
        f"mode {mode}",
        f"default_backend {name}-back",
        *service.get("haproxy_frontend_raw", []),
    ]
    return section(f"frontend {name}-front-{number}", lines)


def section(head, lines):
    return "\n".join([head] + [f"    {line}" for line in lines]) + "\n"


def haproxy_service(service, vips, addresses):
    """The text of one service. `vips` are its binds unless it has its own; `addresses` the
    management address of each host."""
    check(service)
    mode = service.get("haproxy_balance_type", "http")
    binds = service.get("haproxy_bind", vips)
    parts = [front(service, bind, number, mode) for number, bind in enumerate(binds, 1)]
    lines = [f"mode {mode}", f"balance {service.get('haproxy_balance_alg', 'leastconn')}"]
    if "haproxy_timeout_server" in service:
        lines.append(f"timeout server {service['haproxy_timeout_server']}")
    if mode == "http":
        lines.append("option forwardfor")
    lines += [f"option {option}" for option in service.get("haproxy_backend_options", [])]
    lines += service.get("haproxy_backend_arguments", [])
    lines += [
        f"http-check {option}" for option in service.get("haproxy_backend_httpcheck_options", [])
    ]
    for kind, key in (("backend", "haproxy_backend_nodes"), ("backup", "haproxy_backup_nodes")):
        lines += [server(service, node, addresses, kind) for node in service.get(key) or []]
    parts.append(section(f"backend {service['haproxy_service_name']}-back", lines))
    return "# Written by the stand-in of OpenStack-Ansible's haproxy_server\n\n" + "\n".join(parts)


def haproxy_split(services):
    """Services to write and names of those to remove."""
    for service in services:
        check(service)
    absent = [s["haproxy_service_name"] for s in services if not wanted(s)]
    return {"write": [s for s in services if wanted(s)], "remove": absent}


class FilterModule:
    def filters(self):
        return {"haproxy_service": haproxy_service, "haproxy_split": haproxy_split}
