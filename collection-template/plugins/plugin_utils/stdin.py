# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a task may use the connection's stdin."""

from __future__ import annotations

from ansible import constants as C
from ansible.errors import AnsibleError

_VARIABLES = ("ansible_pipelining", "ansible_ssh_pipelining")


def is_free(connection, play_context, variables: list) -> bool:
    """Whether a command of this task gets what is written to stdin.

    So it is where Ansible would pipeline a Python module, and in two more cases. Pipelining is off
    by default because of an old sudo that wants a terminal; where nobody chose that, it is used
    unless a password has to be typed. And `su` passes stdin on as long as it asks for no password.

    `variables` are those that the inventory and the task set for the target. What a task finds as
    its variables is of no use here: there Ansible adds the default as if somebody had set it.
    """
    if not connection.has_pipelining or C.DEFAULT_KEEP_REMOTE_FILES:
        return False
    if getattr(connection._shell, "SHELL_FAMILY", None) != "sh":
        return False
    is_pipelined = _is_pipelined(connection, play_context)
    become = connection.become
    if become is None:
        return is_pipelined or not _is_chosen(connection, variables)
    asks = bool(become.get_option("become_pass"))
    if become.name == "su":
        return is_pipelined and not asks
    if not getattr(become, "pipelining", True):
        return False
    return is_pipelined or not (asks or _is_chosen(connection, variables))


def _is_pipelined(connection, play_context) -> bool:
    if connection.always_pipeline_modules:
        return True
    try:
        return bool(connection.get_option("pipelining"))
    except (AttributeError, KeyError, ValueError):
        return bool(play_context.pipelining)


def _is_chosen(connection, variables: list) -> bool:
    """Whether somebody set pipelining, to whatever value."""
    if any(name in some for name in _VARIABLES for some in variables):
        return True
    try:
        _value, origin = C.config.get_config_value_and_origin(
            "pipelining", plugin_type="connection", plugin_name=connection._load_name
        )
    except (AnsibleError, KeyError):  # a connection plugin without that option
        return False
    return origin != "default"
