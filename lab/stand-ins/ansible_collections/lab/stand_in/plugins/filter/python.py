# Stands in for pip's reading of a requirement, as far as the lab needs it.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Name, version and source of a requirement: from git, or pinned on an index."""

from __future__ import annotations

import re

NAME = r"(?P<name>[A-Za-z0-9._-]+)"
REF = r"git\+(?P<url>[a-z+]+://[^@#]+)(@(?P<ref>[^#]+))?"
FORMS = (
    re.compile(rf"{REF}#egg={NAME}"),
    re.compile(rf"{NAME}\s*@\s*{REF}"),
    re.compile(rf"{NAME}==(?P<version>[0-9][0-9a-z.+]*)"),
)


def python_requirement(line):
    """{name, version, git} of a requirement. A git tag vX.Y.Z is version X.Y.Z, any other
    reference a local version of 0."""
    for form in FORMS:
        if match := form.fullmatch(line.strip()):
            break
    else:
        raise ValueError(f"the stand-in reads no requirement like {line!r}")
    found = match.groupdict()
    version = found.get("version")
    if version is None:
        reference = found["ref"] or "HEAD"
        tag = re.fullmatch(r"v?([0-9]+(\.[0-9]+)*)", reference)
        version = (
            tag.group(1) if tag else "0+" + re.sub(r"[^a-z0-9]+", ".", reference.lower()).strip(".")
        )
    name = found["name"].lower().replace("_", "-")
    return {"name": name, "version": version, "git": "url" in found and found["url"] is not None}


class FilterModule:
    def filters(self):
        return {"python_requirement": python_requirement}
