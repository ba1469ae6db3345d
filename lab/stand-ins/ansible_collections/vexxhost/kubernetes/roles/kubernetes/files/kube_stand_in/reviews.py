# Stands in for the reviews of a Kubernetes API server: requests that are answered and not stored.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""What `kubectl auth can-i` and `kubectl auth whoami` ask."""

from __future__ import annotations

from collections.abc import Callable

from attributes import Attributes
from identity import User
from objects import Refusal
from rights import Rights

ACCESS = ("authorization.k8s.io", "v1", "selfsubjectaccessreviews")
SELF = ("authentication.k8s.io", "v1", "selfsubjectreviews")


def review(asked: Attributes, body: Callable[[], dict], user: User, rights: Rights) -> dict | None:
    """The answer to a review, None where the request is for something else."""
    if asked.verb != "create" or asked.namespace or asked.subresource:
        return None
    match (asked.group, asked.version, asked.resource):
        case kind if kind == ACCESS:
            sent = body()
            status = {"allowed": rights.allow(user, _attributes(sent["spec"]))}
        case kind if kind == SELF:
            info = {"username": user.name, "groups": list(user.groups)}
            sent, status = body(), {"userInfo": info}
        case _:
            return None
    return {**sent, "metadata": {}, "status": status}


def _attributes(spec: dict) -> Attributes:
    if what := spec.get("resourceAttributes"):
        known = {"verb", "group", "version", "resource", "subresource", "namespace", "name"}
        if unknown := set(what) - known:
            raise Refusal(501, "NotImplemented", f"a review of {sorted(unknown)}")
        return Attributes(path="", **what)
    what = spec["nonResourceAttributes"]
    return Attributes(what["verb"], what["path"])
