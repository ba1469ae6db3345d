# Stands in for the discovery documents of a Kubernetes API server.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""What a client reads first: the version, the groups, and the types of each group."""

from __future__ import annotations

from resources import Catalogue


def version_document(version: str) -> dict:
    major, minor, _ = version.split(".")
    return {
        "major": major,
        "minor": minor,
        "gitVersion": f"v{version}",
        "gitCommit": "0" * 40,
        "gitTreeState": "clean",
        "buildDate": "2020-01-01T00:00:00Z",
        "goVersion": "stand-in",
        "compiler": "stand-in",
        "platform": "linux/amd64",
    }


def discovery_document(path: str, catalogue: Catalogue) -> dict | None:
    """The document of the path, or None if the path names objects or nothing."""
    match path.split("/")[1:]:
        case ["api"]:
            return {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []}
        case ["apis"]:
            return {"kind": "APIGroupList", "apiVersion": "v1", "groups": catalogue.groups()}
        case ["api", version]:
            return catalogue.resource_list("", version)
        case ["apis", group]:
            return catalogue.group(group)
        case ["apis", group, version]:
            return catalogue.resource_list(group, version)
        case ["openapi", "v3"]:
            return {"paths": {}}
    return None
