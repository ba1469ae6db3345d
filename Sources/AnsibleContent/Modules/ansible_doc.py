# SPDX-License-Identifier: Apache-2.0
"""What modules accept: ansible-doc of two releases, merged to what holds with both.

Takes facts only: names, types, choices, aliases and what is required.
"""

import json
import os
import re
import subprocess

# How ansible-doc shows the text after the module's name, which is no option.
FREE_FORM = {"free_form", "free-form"}


class Refusal(Exception):
    """Something that this script must not guess; the text says what and where."""


class Module:
    """A line of modules.txt."""

    def __init__(self, line):
        self.name, *corrections = line.split()
        self.collection, _, self.short_name = self.name.rpartition(".")
        self.left_out = [c[1:] for c in corrections if c.startswith("-")]
        self.types = [c.split("=") for c in corrections if not c.startswith("-")]


def read_modules(path):
    lines = path.read_text().splitlines()
    return [Module(line) for line in lines if line and not line.startswith("#")]


class AnsibleDoc:
    """ansible-doc of one ansible-core."""

    def __init__(self, venv, collections):
        self.program = venv / "bin/ansible-doc"
        self.environment = os.environ | {"ANSIBLE_COLLECTIONS_PATH": str(collections)}
        # Without the patch level: patch releases add no options.
        self.version = re.search(r"core (\d+\.\d+)", self.run("--version"))[1]

    def run(self, *arguments):
        if not self.program.exists():
            raise Refusal(f"{self.program} is missing: `make test` installs it")
        result = subprocess.run(
            [self.program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise Refusal(f"{self.program}: {result.stderr.strip()}")
        return result.stdout

    def options(self, names):
        """The options of each module, by the module's name."""
        documents = json.loads(self.run("--type", "module", "--json", *names))
        for name in names:
            if name not in documents:
                raise Refusal(f"{name}: unknown to ansible-core {self.version}")
        return {name: documents[name]["doc"].get("options", {}) for name in names}


def collection_version(collections, collection):
    folder = collections / "ansible_collections" / collection.replace(".", "/")
    manifest = folder / "MANIFEST.json"
    if not manifest.exists():
        raise Refusal(f"{manifest} is missing: `make test` installs it")
    return json.loads(manifest.read_text())["collection_info"]["version"]


def module_options(modules, oldest, newest):
    """Of each module, by its name, the options that a task may use with every release."""
    names = [module.name for module in modules]
    old, new = oldest.options(names), newest.options(names)
    merged = {name: merged_options(name, old[name], new[name]) for name in names}
    for module in modules:
        correct(module, merged[module.name])
    return merged


def merged_options(place, old, new):
    names = sorted((set(old) & set(new)) - FREE_FORM)
    return {name: merged_option(f"{place}.{name}", old[name], new[name]) for name in names}


def merged_option(place, old, new):
    return {
        "type": merged_type(place, old.get("type", "raw"), new.get("type", "raw")),
        "elements": merged_type(place, old.get("elements"), new.get("elements")),
        "aliases": common(old.get("aliases"), new.get("aliases")),
        "choices": choices(place, common(old.get("choices"), new.get("choices"))),
        "required": old.get("required", False) or new.get("required", False),
        "options": merged_options(place, old.get("suboptions") or {}, new.get("suboptions") or {}),
    }


def merged_type(place, old, new):
    # Releases differ on which texts they call paths; what is accepted is the same.
    if old != new and {old, new} != {"str", "path"}:
        raise Refusal(f"{place}: type {old} in the oldest release, {new} in the newest")
    return old


def common(old, new):
    return [item for item in old or [] if item in (new or [])]


def choices(place, values):
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise Refusal(f"{place}: choice {value!r} is neither text nor integer")
    return [str(value) for value in values]


def correct(module, options):
    """Applies the corrections of modules.txt, each of which must still be needed."""
    for name in module.left_out:
        if options.pop(name, None) is None:
            raise Refusal(f"modules.txt: {module.name} has no option {name} to leave out")
    for name, kind in module.types:
        if name not in options or options[name]["type"] == kind:
            raise Refusal(f"modules.txt: {module.name}: {name}={kind} corrects nothing")
        options[name]["type"] = kind
