# Stands in for the resource types of a Kubernetes API server.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Which resource types the lab's API server serves, and how discovery describes each.

Built-in types are a fixed list. Any other type is served as soon as its
CustomResourceDefinition is stored, as in Kubernetes, so `clusters.cluster.x-k8s.io` does not
exist before Cluster API is installed.
"""

from __future__ import annotations

from dataclasses import dataclass

VERBS = ("create", "delete", "get", "list", "patch", "update")
RBAC = "rbac.authorization.k8s.io"


@dataclass(frozen=True)
class Resource:
    group: str
    version: str
    plural: str
    kind: str
    namespaced: bool = True
    short: tuple[str, ...] = ()
    verbs: tuple[str, ...] = VERBS

    @property
    def group_version(self) -> str:
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def qualified(self) -> str:
        return f"{self.plural}.{self.group}" if self.group else self.plural

    def description(self) -> dict:
        return {
            "name": self.plural,
            "singularName": self.kind.lower(),
            "namespaced": self.namespaced,
            "kind": self.kind,
            "verbs": list(self.verbs),
            "shortNames": list(self.short),
        }


BUILT_IN = (
    Resource("", "v1", "nodes", "Node", namespaced=False, short=("no",)),
    Resource("", "v1", "namespaces", "Namespace", namespaced=False, short=("ns",)),
    Resource("", "v1", "secrets", "Secret"),
    Resource("", "v1", "configmaps", "ConfigMap", short=("cm",)),
    Resource("", "v1", "serviceaccounts", "ServiceAccount", short=("sa",)),
    Resource("", "v1", "services", "Service", short=("svc",)),
    Resource("", "v1", "pods", "Pod", short=("po",)),
    Resource("", "v1", "events", "Event", short=("ev",)),
    Resource("apps", "v1", "deployments", "Deployment", short=("deploy",)),
    Resource("apps", "v1", "daemonsets", "DaemonSet", short=("ds",)),
    Resource("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
    Resource("coordination.k8s.io", "v1", "leases", "Lease"),
    Resource("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", short=("pdb",)),
    Resource(RBAC, "v1", "roles", "Role"),
    Resource(RBAC, "v1", "rolebindings", "RoleBinding"),
    Resource(RBAC, "v1", "clusterroles", "ClusterRole", namespaced=False),
    Resource(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding", namespaced=False),
    Resource(
        "authorization.k8s.io",
        "v1",
        "selfsubjectaccessreviews",
        "SelfSubjectAccessReview",
        namespaced=False,
        verbs=("create",),
    ),
    Resource(
        "authentication.k8s.io",
        "v1",
        "selfsubjectreviews",
        "SelfSubjectReview",
        namespaced=False,
        verbs=("create",),
    ),
    Resource(
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        "CustomResourceDefinition",
        namespaced=False,
        short=("crd",),
    ),
)

# A subresource of ServiceAccounts.
TOKEN_REQUEST = {
    "name": "serviceaccounts/token",
    "singularName": "",
    "namespaced": True,
    "group": "authentication.k8s.io",
    "version": "v1",
    "kind": "TokenRequest",
    "verbs": ["create"],
}


def from_definition(definition: dict) -> list[Resource]:
    """The resource types that a CustomResourceDefinition adds, one for each served version."""
    spec = definition["spec"]
    names = spec["names"]
    return [
        Resource(
            spec["group"],
            version["name"],
            names["plural"],
            names["kind"],
            spec.get("scope", "Namespaced") == "Namespaced",
            tuple(names.get("shortNames", ())),
        )
        for version in spec["versions"]
        if version.get("served", True)
    ]


class Catalogue:
    """The types served right now: the built-in ones and those of the stored definitions."""

    def __init__(self, definitions: list[dict]):
        self.resources = list(BUILT_IN)
        for definition in definitions:
            self.resources += from_definition(definition)

    def find(self, group: str, version: str, plural: str) -> Resource | None:
        for resource in self.resources:
            if (resource.group, resource.version, resource.plural) == (group, version, plural):
                return resource
        return None

    def groups(self) -> list[dict]:
        versions: dict[str, list[str]] = {}
        for resource in self.resources:
            if resource.group and resource.version not in versions.setdefault(resource.group, []):
                versions[resource.group].append(resource.version)
        return [self._group(name, versions[name]) for name in versions]

    def group(self, name: str) -> dict | None:
        found = [group for group in self.groups() if group["name"] == name]
        return {"kind": "APIGroup", "apiVersion": "v1", **found[0]} if found else None

    def resource_list(self, group: str, version: str) -> dict | None:
        found = [r for r in self.resources if (r.group, r.version) == (group, version)]
        if not found:
            return None
        return {
            "kind": "APIResourceList",
            "apiVersion": "v1",
            "groupVersion": found[0].group_version,
            "resources": [resource.description() for resource in found]
            + ([TOKEN_REQUEST] if not group else []),
        }

    @staticmethod
    def _group(name: str, versions: list[str]) -> dict:
        described = [{"groupVersion": f"{name}/{v}", "version": v} for v in versions]
        return {"name": name, "versions": described, "preferredVersion": described[-1]}
