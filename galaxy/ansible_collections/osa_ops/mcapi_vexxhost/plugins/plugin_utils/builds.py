# Copied by `mcapi generate` from collection-template. Do not edit.
# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The builds of one compiled module: an ELF for each architecture, as `uname -m` names it."""

from __future__ import annotations

import hashlib
import os
from typing import NamedTuple

HOME_ARCHITECTURE = "x86_64"
"""The build in plugins/modules, which Ansible finds as the module."""

OTHER_ARCHITECTURES = ("aarch64",)
"""Those in files/modules."""


class Build(NamedTuple):
    path: str
    content: bytes
    sum: str


def path_for(module_path: str, architecture: str) -> str:
    """Where the build for an architecture lies, from the path of the module."""
    if architecture == HOME_ARCHITECTURE:
        return module_path
    folder, name = os.path.split(module_path)
    collection = os.path.dirname(os.path.dirname(folder))
    return os.path.join(collection, "files", "modules", architecture, name)


def read(module_path: str) -> dict[str, Build]:
    """The builds there are, by architecture."""
    builds = {}
    for architecture in (HOME_ARCHITECTURE, *OTHER_ARCHITECTURES):
        path = path_for(module_path, architecture)
        try:
            with open(path, "rb") as file:
                content = file.read()
        except FileNotFoundError:
            continue
        builds[architecture] = Build(path, content, hashlib.sha256(content).hexdigest())
    return builds
