# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs AnsibleModule of ansible-core on file arguments: a line of JSON in, a line with what the
module printed and what became of the file out. Each run is a process of its own, as a module is."""

import json
import os
import sys

from ansible.module_utils import basic

SPEC = {
    "path": {"type": "path", "required": True},
    "follow": {"type": "bool", "default": False},
}


def prepare(path, made):
    if made["kind"] == "directory":
        os.mkdir(path)
    elif made["kind"] == "file":
        open(path, "w").close()
    else:
        return
    os.chown(path, made["uid"], made["gid"])
    os.chmod(path, made["mode"])


def run(arguments):
    basic._ANSIBLE_ARGS = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
    basic._ANSIBLE_PROFILE = "legacy"
    module = basic.AnsibleModule(SPEC, add_file_common_args=True, supports_check_mode=True)
    file_args = module.load_file_common_arguments(module.params)
    diff = {}
    changed = module.set_fs_attributes_if_different(file_args, False, diff)
    module.exit_json(changed=changed, diff=diff, path=file_args["path"])


def answer(case):
    prepare(case["args"]["path"], case["made"])
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writer, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.umask(0o022)
        try:
            run(case["args"])
        finally:
            sys.stdout.flush()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as output:
        text = output.read()
    os.waitpid(child, 0)
    try:
        result = json.loads(text)
    except ValueError:
        result = {"failed": True, "crash": True}
    return {"result": result, "became": became(case["args"]["path"])}


def became(path):
    if not os.path.lexists(path):
        return None
    status = os.lstat(path)
    return [status.st_mode & 0o7777, status.st_uid, status.st_gid]


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
