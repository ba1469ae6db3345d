# Stands in for what a Kubernetes API server makes of a request before it decides on it.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""The attributes of a request that authorization looks at: verb, group, resource, namespace, name.

They come from the method and the path alone, so that a request for what does not exist is denied
to those who may not ask for it, as in Kubernetes.
"""

from __future__ import annotations

from dataclasses import dataclass

OF_ONE = {"GET": "get", "HEAD": "get", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}
OF_MANY = {"GET": "list", "HEAD": "list", "POST": "create", "DELETE": "deletecollection"}


@dataclass(frozen=True)
class Attributes:
    verb: str
    path: str = ""
    group: str = ""
    version: str = ""
    resource: str = ""
    subresource: str = ""
    namespace: str = ""
    name: str = ""

    @property
    def combined(self) -> str:
        """As rules write it: `secrets`, `serviceaccounts/token`."""
        return f"{self.resource}/{self.subresource}" if self.subresource else self.resource

    def denial(self, user: str) -> str:
        """Kubernetes' sentence."""
        if not self.resource:
            return f'forbidden: User "{user}" cannot {self.verb} path "{self.path}"'
        kind = f"{self.resource}.{self.group}" if self.group else self.resource
        what = f'{kind} "{self.name}"' if self.name else kind
        where = f'in the namespace "{self.namespace}"' if self.namespace else "at the cluster scope"
        return (
            f'{what} is forbidden: User "{user}" cannot {self.verb} resource "{self.combined}" '
            f'in API group "{self.group}" {where}'
        )


def attributes_of(method: str, path: str, query: dict[str, str]) -> Attributes:
    match path.split("/")[1:]:
        case ["api", version, *rest] if rest:
            group = ""
        case ["apis", group, version, *rest] if rest:
            pass
        case _:
            verb = "get" if method == "HEAD" else method.lower()
            return Attributes(verb, path)
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 1:
        namespace = rest[1]  # of the Namespace object itself too
        if len(rest) > 2 and rest[2] not in ("status", "finalize"):
            rest = rest[2:]
    name = rest[1] if len(rest) > 1 else ""
    verb = (OF_ONE if name else OF_MANY).get(method, method.lower())
    if method == "POST":
        verb = "create"
    if verb in ("get", "list") and query.get("watch") in ("1", "true"):
        verb = "watch"
    return Attributes(verb, path, group, version, rest[0], "/".join(rest[2:]), namespace, name)
