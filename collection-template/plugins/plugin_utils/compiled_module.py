# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of every compiled module: one round trip from a kept copy of the module.

Ansible never pipelines a binary module: it makes a folder, transfers the module and its arguments,
changes their mode, runs, and removes the folder. Here it is told that the module is one it pipelines,
and in place of an interpreter it gets the command that runs the kept copy. So everything around it
is Ansible's own: the arguments it adds, become, how a result is read.
"""

from __future__ import annotations

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible.utils.vars import merge_hash

from . import arguments, builds, configured_module, stdin
from .remote_commands import Commands, Place, reply

display = Display()

NOT_STARTED = (126, 127)
"""Exit statuses of a shell that could not start a command."""


class _LacksTool(Exception):
    """The target has not what the kept copy needs."""


class CompiledModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        # Up to ansible-core 2.18 the instance has these, so the class cannot set them.
        self._supports_check_mode = True
        self._supports_async = True
        result = super().run(tmp, task_vars)
        del tmp

        self._machine = None
        self._target = _variables_of_target(self._task, task_vars or {})
        self._is_one_trip = not self._task.async_val and stdin.is_free(
            self._connection, self._play_context, [self._target, self._task.get_vars()]
        )
        try:
            outcome = self._run_module(task_vars)
        except _LacksTool as tool:
            display.vvv(f"The target lacks {tool}: the module is run in Ansible's own way.")
            self._is_one_trip = False
            outcome = self._run_module(task_vars)
        return merge_hash(result, outcome)

    def _run_module(self, task_vars):
        wrap_async = bool(self._task.async_val) and not self._connection.has_native_async
        outcome = self._execute_module(
            module_args=arguments.plain(self._task.args),
            task_vars=task_vars,
            wrap_async=wrap_async,
        )
        if not wrap_async:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return outcome

    # What ActionBase._execute_module asks on its way.

    def _is_pipelining_enabled(self, module_style, wrap_async=False):
        if self._is_one_trip:
            return module_style == "new"
        return super()._is_pipelining_enabled(module_style, wrap_async)

    def _configure_module(self, module_name, module_args, task_vars):
        configured = super()._configure_module(module_name, module_args, task_vars)
        if not configured_module.is_binary(configured):
            return configured  # the wrapper of async tasks
        self._builds = builds.read(configured_module.local_path(configured))
        if not self._is_one_trip:
            return configured_module.at(configured, self._build_for(self._find_machine()).path)
        self._commands = Commands(
            name=module_name.rpartition(".")[2],
            builds=self._builds,
            environment=super()._compute_environment_string().strip(),
            places=self._places(),
        )
        return configured_module.pipelined(configured, arguments.encoded(module_args))

    def _low_level_execute_command(self, cmd, sudoable=True, in_data=None, **options):
        if not self._is_one_trip:
            return super()._low_level_execute_command(cmd, sudoable, in_data, **options)
        result = super()._low_level_execute_command(self._commands.run(), in_data=in_data)
        answer = reply(result)
        if answer:
            self._machine = answer.text
        elif result["rc"] in NOT_STARTED and not result["stdout"].strip():
            self._machine = self._find_machine()
        else:
            return result
        return self._install_and_run(in_data)

    def _install_and_run(self, module_input: bytes):
        """The second round trip of a cold run: the module and its arguments in one stream."""
        build = self._build_for(self._machine)
        refusals = []
        for place in self._places():
            display.vvv(f"Installing {build.path}, {len(build.content)} bytes, in {place.path}.")
            result = super()._low_level_execute_command(
                self._commands.install(place, build),
                in_data=build.content + module_input,
            )
            answer = reply(result)
            if not answer:
                return result
            if answer.word == "lacks":
                raise _LacksTool(answer.text)
            refusals.append(f"{place.path}: {answer.text}")
        raise AnsibleActionFail(
            "No folder of the target can hold the compiled module. Set ansible_remote_tmp to one "
            "where the user of this task may write and execute. " + "; ".join(refusals)
        )

    def _build_for(self, machine: str) -> builds.Build:
        if machine in self._builds:
            return self._builds[machine]
        raise AnsibleActionFail(
            f"This module is compiled for {' and '.join(self._builds)}; the target is {machine}."
        )

    def _find_machine(self) -> str:
        """The architecture of the target, by a round trip if the facts do not say it."""
        if not self._machine:
            self._machine = (self._target.get("ansible_facts") or {}).get("architecture")
        if not self._machine:
            said = super()._low_level_execute_command("uname -m", sudoable=False)
            self._machine = said["stdout"].strip()
        return self._machine

    def _places(self) -> list[Place]:
        """Where a copy may lie, best first: where Ansible itself puts what it runs, then memory."""
        kept = self.get_shell_option("remote_tmp", default="~/.ansible/tmp")
        shared = self.get_shell_option("system_tmpdirs", default=["/var/tmp", "/tmp"])
        return [Place(kept, may_be_made=True), *map(Place, shared), Place("/dev/shm")]


def _variables_of_target(task, task_vars: dict):
    """The inventory's variables and the facts of the host that the task really runs on."""
    host = task.delegate_to or task_vars.get("inventory_hostname")
    try:
        return task_vars["hostvars"][host]
    except KeyError:  # delegated to a host outside the inventory
        return {}
