# Stands in for nothing: it writes the ledger of the stand-ins and refuses variables that the
# role stood in for would not know.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# GNU General Public License v3.0 or later (https://www.gnu.org/licenses/gpl-3.0.txt)
"""Record a call of a stand-in, after a look at the variables it was given.

Arguments:
  role      name written to the ledger; default: the FQCN of the role the task belongs to
  prefixes  a variable that begins with one of these belongs to the role
  known     the variables the role reads (shell patterns)
  foreign   variables that begin with the same prefix and belong to somebody else (patterns)
  required  variables that must be defined and not empty
  facts     keys of ansible_facts that the real role reads before it does anything
  secret    variables whose value never enters the ledger (patterns)
  values    more values to write down, computed by the stand-in itself
"""

from __future__ import annotations

import datetime
import fcntl
import fnmatch
import json
import os

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

ARGUMENTS = frozenset(
    ("role", "prefixes", "known", "foreign", "required", "facts", "secret", "values")
)


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def plain(value):
    """The value as JSON has it: no tagged strings, no lazy containers."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


class ActionModule(ActionBase):
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        args = self._task.args
        unknown_args = sorted(set(args) - ARGUMENTS)
        if unknown_args:
            raise AnsibleError("lab.stand_in.record does not know: " + ", ".join(unknown_args))

        role = args.get("role") or self._role_name()
        known = list(args.get("known") or []) + list(args.get("required") or [])
        problems = self._missing(task_vars, args) + self._strangers(task_vars, args, known)
        if problems:
            return {"failed": True, "msg": f"{role}: " + "; ".join(problems)}

        entry = {
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            "host": str(task_vars["inventory_hostname"]),
            "role": role,
            "check": bool(self._task.check_mode),
            "variables": self._given(task_vars, known, args.get("secret") or []),
        }
        if args.get("values"):
            entry["values"] = plain(args["values"])
        self._append(task_vars, entry)
        return {"changed": False}

    def _role_name(self):
        if self._task._role is None:
            raise AnsibleError("lab.stand_in.record: outside a role, `role` is needed")
        return self._task._role.get_name(include_role_fqcn=True)

    def _missing(self, task_vars, args):
        problems = []
        for name in args.get("required") or []:
            try:
                value = self._templar.template(task_vars[name]) if name in task_vars else None
            except AnsibleError as error:  # an undefined variable inside, named by Ansible
                problems.append(f"{name} cannot be computed: {error}")
                continue
            if value is None or value == "":
                problems.append(f"{name} is required and not set")
        facts = task_vars.get("ansible_facts") or {}
        for fact in args.get("facts") or []:
            if fact not in facts:
                problems.append(f"the real role reads ansible_facts['{fact}'], not gathered here")
        return problems

    @staticmethod
    def _strangers(task_vars, args, known):
        prefixes = tuple(args.get("prefixes") or [])
        allowed = known + list(args.get("foreign") or [])
        return [
            f"{name} is no variable of this role"
            for name in sorted(task_vars)
            if prefixes and name.startswith(prefixes) and not matches(name, allowed)
        ]

    def _given(self, task_vars, known, secret):
        """What the caller or the inventory set: not what is still the role's own default."""
        role = self._task._role
        defaults = role.get_default_vars() if role is not None else {}
        given = {}
        for name in sorted(task_vars):
            if not matches(name, known):
                continue
            raw = task_vars[name]
            if name in defaults and defaults[name] == raw:
                continue
            if matches(name, secret):
                given[name] = "(secret)"
                continue
            try:
                given[name] = plain(self._templar.template(raw))
            except AnsibleError as error:
                raise AnsibleError(f"{name} cannot be computed: {error}") from error
        return given

    def _append(self, task_vars, entry):
        path = task_vars.get("lab_ledger")
        path = str(self._templar.template(path)) if path else os.environ.get("LAB_LEDGER", "")
        if not path:
            raise AnsibleError(
                "neither LAB_LEDGER nor lab_ledger is set: the stand-ins run in the lab only"
            )
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        with open(path, "a", encoding="utf-8") as ledger:
            fcntl.flock(ledger, fcntl.LOCK_EX)
            ledger.write(json.dumps(entry, sort_keys=False) + "\n")
