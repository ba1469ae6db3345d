# Copied by `mcapi generate` from collection-template. Do not edit.
# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of a task as plain JSON values."""

from __future__ import annotations

import json

try:  # ansible-core 2.19 and later
    from ansible.module_utils.common.json import Direction, get_module_encoder

    _ENCODER = get_module_encoder("legacy", Direction.CONTROLLER_TO_MODULE)
    _OPTIONS: dict[str, bool] = {}
except ImportError:
    from ansible.module_utils.common.json import AnsibleJSONEncoder

    _ENCODER = AnsibleJSONEncoder
    _OPTIONS = {"vault_to_text": True}


def encoded(arguments: dict) -> bytes:
    """One JSON object in ASCII, vaulted values decrypted."""
    return json.dumps(arguments, cls=_ENCODER, **_OPTIONS).encode("ascii")


def plain(arguments: dict) -> dict:
    """The same arguments without vaulted strings, dates and other types of the controller.

    Up to ansible-core 2.18 a binary module with such an argument ends in a traceback.
    """
    return json.loads(encoded(arguments))
