# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ActionBase._configure_module returns, in the shapes of the supported versions."""

from __future__ import annotations

import dataclasses


def is_binary(configured: tuple) -> bool:
    built = configured[0]  # a dataclass from ansible-core 2.19 on, before that the style itself
    return getattr(built, "module_style", built) == "binary"


def local_path(configured: tuple) -> str:
    return configured[-1]


def at(configured: tuple, path: str) -> tuple:
    """The same module from another file."""
    return (*configured[:-1], path)


def pipelined(configured: tuple, stdin: bytes) -> tuple:
    """The same module as a script, which Ansible pipelines, with its arguments as the script."""
    told = {"module_style": "new", "shebang": "#!/bin/sh", "b_module_data": stdin}
    if len(configured) == 2:
        return dataclasses.replace(configured[0], **told), configured[-1]
    return (*told.values(), configured[-1])
