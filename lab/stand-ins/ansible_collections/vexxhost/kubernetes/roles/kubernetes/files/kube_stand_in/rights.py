# Stands in for the RBAC authorizer of a Kubernetes API server.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Who may do what: the stored Roles and bindings, what Kubernetes gives to all, and no more.

Members of system:masters may do everything. Nobody else grants rights that they do not hold
themselves, as Kubernetes prevents it, unless they may `escalate` a role or `bind` to one.
"""

from __future__ import annotations

import itertools

from attributes import Attributes
from identity import User
from objects import Refusal, not_found
from resources import Resource
from store import Store

RBAC = "rbac.authorization.k8s.io"
ADMINISTRATORS = "system:masters"

# system:discovery, system:public-info-viewer and system:basic-user.
OF_ALL = {
    "verbs": ["get"],
    "nonResourceURLs": ["/healthz", "/livez", "/readyz", "/version"],
}
OF_AUTHENTICATED = (
    {
        "verbs": ["get"],
        "nonResourceURLs": ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"],
    },
    {
        "verbs": ["create"],
        "apiGroups": ["authorization.k8s.io"],
        "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
    },
    {
        "verbs": ["create"],
        "apiGroups": ["authentication.k8s.io"],
        "resources": ["selfsubjectreviews"],
    },
)


def _has(values: list[str], wanted: str) -> bool:
    return "*" in values or wanted in values


def rule_allows(rule: dict, asked: Attributes) -> bool:
    if not _has(rule["verbs"], asked.verb):
        return False
    if not asked.resource:
        return any(
            url in ("*", asked.path) or (url.endswith("/*") and asked.path.startswith(url[:-1]))
            for url in rule.get("nonResourceURLs", ())
        )
    resources = rule.get("resources", [])
    names = rule.get("resourceNames", [])
    return (
        _has(rule.get("apiGroups", []), asked.group)
        and (
            _has(resources, asked.combined)
            or bool(asked.subresource and f"*/{asked.subresource}" in resources)
        )
        and (not names or asked.name in names)
    )


class Rights:
    def __init__(self, store: Store):
        self.store = store

    def allow(self, user: User, asked: Attributes) -> bool:
        if ADMINISTRATORS in user.groups:
            return True
        return any(rule_allows(rule, asked) for rule in self._rules(user, asked.namespace))

    def demand(self, user: User, asked: Attributes) -> None:
        if not self.allow(user, asked):
            raise Refusal(403, "Forbidden", asked.denial(user.name))

    def demand_grant(self, user: User, resource: Resource, old: dict | None, new: dict) -> None:
        """Refuses a role or a binding that is malformed, or grants more than the user holds."""
        if resource.plural in ("roles", "clusterroles"):
            if "aggregationRule" in new:
                raise Refusal(501, "NotImplemented", "an aggregated ClusterRole")
            rules = new.setdefault("rules", [])
            self._check(rules, resource)
            if old and old["rules"] == rules:
                return
            verb, name = "escalate", new["metadata"]["name"]
            granted = Attributes(
                verb, "", RBAC, "v1", resource.plural, "", self._namespace(new), name
            )
        else:
            reference = new["roleRef"]
            if old and old["roleRef"] != reference:
                raise Refusal(422, "Invalid", "roleRef: Invalid value: cannot change roleRef")
            plural = {"Role": "roles", "ClusterRole": "clusterroles"}[reference["kind"]]
            granted = Attributes(
                "bind", "", RBAC, "v1", plural, "", self._namespace(new), reference["name"]
            )
            if self.allow(user, granted):
                return
            rules = self._rules_of(reference, self._namespace(new))
            if rules is None:
                role = Resource(RBAC, "v1", plural, reference["kind"])
                raise not_found(role, reference["name"])
        if self.allow(user, granted):
            return
        lacking = [rule for rule in rules if not self._holds(user, rule, self._namespace(new))]
        if lacking:
            raise Refusal(
                403,
                "Forbidden",
                f'{resource.qualified} "{new["metadata"]["name"]}" is forbidden: user '
                f'"{user.name}" (groups={list(user.groups)}) is attempting to grant RBAC '
                f"permissions not currently held: {lacking}",
            )

    @staticmethod
    def _namespace(item: dict) -> str:
        return item["metadata"].get("namespace", "")

    @staticmethod
    def _check(rules: list[dict], resource: Resource) -> None:
        known = {"verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs"}
        for rule in rules:
            if unknown := set(rule) - known:
                raise Refusal(400, "BadRequest", f"unknown fields of a rule: {sorted(unknown)}")
            if not rule.get("verbs"):
                raise Refusal(422, "Invalid", "rules[].verbs: Required value")
            if "nonResourceURLs" in rule:
                if resource.namespaced or "resources" in rule:
                    raise Refusal(422, "Invalid", "rules[].nonResourceURLs: Invalid value")
            elif not rule.get("apiGroups") or not rule.get("resources"):
                raise Refusal(422, "Invalid", "rules[]: apiGroups and resources are required")

    def _holds(self, user: User, rule: dict, namespace: str) -> bool:
        if "nonResourceURLs" in rule:
            return all(
                self.allow(user, Attributes(verb, url))
                for verb, url in itertools.product(rule["verbs"], rule["nonResourceURLs"])
            )
        return all(
            self.allow(user, Attributes(verb, "", group, "", *self._split(what), namespace, name))
            for verb, group, what, name in itertools.product(
                rule["verbs"],
                rule["apiGroups"],
                rule["resources"],
                rule.get("resourceNames") or [""],
            )
        )

    @staticmethod
    def _split(resource: str) -> tuple[str, str]:
        name, _, subresource = resource.partition("/")
        return name, subresource

    def _rules(self, user: User, namespace: str):
        yield OF_ALL
        if "system:authenticated" in user.groups:
            yield from OF_AUTHENTICATED
        bindings = self.store.list(RBAC, "clusterrolebindings")
        if namespace:
            bindings = bindings + self.store.list(RBAC, "rolebindings", namespace)
        for binding in bindings:
            if any(self._is(user, subject, binding) for subject in binding.get("subjects") or ()):
                yield from self._rules_of(binding["roleRef"], self._namespace(binding)) or ()

    def _rules_of(self, reference: dict, namespace: str) -> list[dict] | None:
        if reference["kind"] == "Role":
            role = self.store.get(self.store.key(RBAC, "roles", namespace, reference["name"]))
        else:
            role = self.store.get(self.store.key(RBAC, "clusterroles", "", reference["name"]))
        return role.get("rules") or [] if role else None

    @staticmethod
    def _is(user: User, subject: dict, binding: dict) -> bool:
        match subject["kind"]:
            case "ServiceAccount":
                namespace = subject.get("namespace") or binding["metadata"].get("namespace", "")
                return user.name == f"system:serviceaccount:{namespace}:{subject['name']}"
            case "User":
                return user.name == subject["name"]
            case "Group":
                return subject["name"] in user.groups
        raise Refusal(422, "Invalid", f"subjects[].kind: Unsupported value: {subject['kind']!r}")
