# Stands in for oslo.privsep's privsep-helper: the one privileged thing the proxy asks for.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""`privsep-helper FILE`, as root: has HAProxy read the configuration FILE."""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> int:
    if len(sys.argv) != 2:
        print(f"stand-in privsep-helper does not know: {sys.argv[1:]}", file=sys.stderr)
        return 64
    if os.geteuid() != 0:
        print("stand-in privsep-helper: not root", file=sys.stderr)
        return 1
    return subprocess.run(["haproxy", "-c", "-q", "-f", sys.argv[1]], check=False).returncode
