#!/usr/bin/env python3
# Stands in for the build of a Python package: a wheel from the folder of the same name.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""usage: make_wheel.py NAME VERSION, in the folder that holds the package and gets the wheel."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

SCRIPTS = {
    "magnum-cluster-api": {
        "magnum-cluster-api-proxy": "magnum_cluster_api.proxy:main",
        "privsep-helper": "magnum_cluster_api.privsep:main",
    }
}


def main(name: str, version: str) -> None:
    package = name.replace("-", "_")
    info = f"{package}-{version}.dist-info"
    scripts = "".join(f"{command} = {entry}\n" for command, entry in SCRIPTS[name].items())
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{scripts}",
    }
    for path in sorted(Path(package).glob("*.py")):
        files[str(path)] = path.read_text()
    record = f"{info}/RECORD"
    files[record] = "".join(f"{path},,\n" for path in [*files, record])
    with zipfile.ZipFile(f"{package}-{version}-py3-none-any.whl", "w") as wheel:
        for path, content in files.items():
            wheel.writestr(path, content)


if __name__ == "__main__":
    main(*sys.argv[1:])
