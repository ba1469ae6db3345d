# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
"""ansible-core's own answers, for comparison: a JSON object a line in, one a line out.

{"validate": {"options": ..., "rules": ...}, "params": ..., "env": ...}
{"mode": "u+x", "current": 420, "directory": false}
{"redact": ..., "secrets": [...]}
"""

import json
import math
import os
import stat
import sys
from types import SimpleNamespace

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common import warnings
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import env_fallback, remove_values


def with_fallbacks(options):
    """JSON has the names of environment variables where a spec has a function and them."""
    for option in options.values():
        if "fallback" in option:
            option["fallback"] = (env_fallback, option["fallback"])
        with_fallbacks(option.get("options", {}))
    return options


def portable(value):
    """The value as JSON with 64-bit numbers; NaN and infinity become their names."""
    if isinstance(value, dict):
        return {str(key): portable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [portable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise OverflowError(value)
    json.dumps(value)
    return value


def validate(case):
    os.environ.update(case["env"])
    warnings._global_warnings.clear()
    try:
        spec = with_fallbacks(case["validate"]["options"])
        result = ArgumentSpecValidator(spec, **case["validate"]["rules"]).validate(case["params"])
        answer = {
            "errors": result.error_messages,
            "params": portable(result.validated_parameters),
            "secrets": sorted(str(value) for value in result._no_log_values),
            "warnings": [
                f"Both option {w['option']} and its alias {w['alias']} are set."
                for w in result._warnings
            ]
            + list(warnings.get_warning_messages()),
            "deprecations": [
                {key: value for key, value in deprecation.items() if value is not None}
                for deprecation in result._deprecations
            ],
        }
    except Exception as error:  # noqa: BLE001 - a traceback for the user, or a value that is no JSON
        answer = {"crash": type(error).__name__}
    for name in case["env"]:
        del os.environ[name]
    return answer


def mode(case):
    kind = stat.S_IFDIR if case["directory"] else stat.S_IFREG
    status = SimpleNamespace(st_mode=kind | case["current"])
    try:
        return {"bits": AnsibleModule._symbolic_mode_to_octal(status, case["mode"])}
    except ValueError as error:
        return {"error": str(error)}


def redact(case):
    return {"value": remove_values(case["redact"], set(case["secrets"]))}


os.umask(0o027)
for line in sys.stdin:
    question = json.loads(line)
    answer = next(f for f in (validate, mode, redact) if f.__name__ in question)(question)
    print(json.dumps(answer))
