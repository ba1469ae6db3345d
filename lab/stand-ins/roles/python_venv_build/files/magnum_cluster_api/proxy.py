# Stands in for magnum-cluster-api-proxy: it listens, and looks at the control plane's clusters.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""The daemon as its unit sees it: environment, files, privileges and journal of the real one.

Read: KUBECONFIG or ~/.kube/config, PROXY_BIND (default: every address) and PROXY_PORT (default:
any free port). Where the real one has HAProxy hold the port, this one does itself.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PERIOD = 10
CONFIG = """global
    maxconn 64
defaults
    mode tcp
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend proxy
    bind {bind}:{port}
    tcp-request connection reject
# clusters: {clusters}
"""


def log(message: str) -> None:
    print(message, flush=True)


def listen() -> socket.socket:
    bind = os.environ.get("PROXY_BIND", "*")
    port = int(os.environ.get("PROXY_PORT", "0"))
    return socket.create_server(("" if bind == "*" else bind, port))


def hang_up(server: socket.socket) -> None:
    while True:
        server.accept()[0].close()


def clusters() -> list[str]:
    """Names of the OpenStackClusters. CalledProcessError when the control plane does not answer."""
    command = ["kubectl", "get", "openstackclusters.infrastructure.cluster.x-k8s.io"]
    command += ["-n", "magnum-system", "-o", "json", "--cache-dir", "/tmp/magnum-cluster-api-proxy"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return [item["metadata"]["name"] for item in json.loads(answer.stdout)["items"]]


def write_config(port: int, names: list[str]) -> None:
    path = Path.home() / ".magnum-cluster-api-proxy" / "haproxy.cfg"
    path.parent.mkdir(parents=True, exist_ok=True)
    # The port itself is taken: the check is of the file and of sudo's rule.
    path.write_text(CONFIG.format(bind="127.0.0.1", port=port, clusters=" ".join(names) or "none"))
    subprocess.run(["sudo", "-n", "privsep-helper", str(path)], check=True)


def main() -> int:
    kubeconfig = Path(os.environ.get("KUBECONFIG") or Path.home() / ".kube" / "config")
    if not os.access(kubeconfig, os.R_OK):
        log(f"{kubeconfig} cannot be read")
        return 1
    server = listen()
    port = server.getsockname()[1]
    log(f"listening on {server.getsockname()[0]}:{port} with {kubeconfig}")
    threading.Thread(target=hang_up, args=(server,), daemon=True).start()
    known = None
    while True:
        try:
            names = clusters()
            if names != known:
                write_config(port, names)
                log(f"in sync with the control plane: {len(names)} clusters")
            known = names
        except subprocess.CalledProcessError as error:
            log(f"error during sync: {' '.join(error.cmd[:3])}: {(error.stderr or '').strip()}")
            known = None
        time.sleep(PERIOD)


if __name__ == "__main__":
    sys.exit(main())
