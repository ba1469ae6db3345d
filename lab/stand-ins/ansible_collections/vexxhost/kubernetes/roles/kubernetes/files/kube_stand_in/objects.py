# Stands in for what a Kubernetes API server does with an object before it stores it.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Create, replace, patch and delete one object, with the answers Kubernetes gives."""

from __future__ import annotations

import base64
import copy
import datetime
import re
import uuid

from resources import Resource
from store import Store

NAME = re.compile(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
SYSTEM_FIELDS = ("uid", "creationTimestamp", "resourceVersion")


class Refusal(Exception):
    """An answer that is no success: the code, reason and message of a Status object."""

    def __init__(self, code: int, reason: str, message: str):
        super().__init__(message)
        self.code, self.reason, self.message = code, reason, message


def not_found(resource: Resource, name: str) -> Refusal:
    return Refusal(404, "NotFound", f'{resource.qualified} "{name}" not found')


def merge(target, patch):
    """JSON merge patch (RFC 7386). Strategic merge is treated the same: lists are replaced."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if key == "$retainKeys" or key.startswith("$setElementOrder/"):
            continue
        if key.startswith("$"):
            raise Refusal(501, "NotImplemented", f"strategic merge directive {key}")
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


class Objects:
    """The objects of one type in one namespace ("" for types without)."""

    def __init__(self, store: Store, resource: Resource, namespace: str):
        self.store, self.resource, self.namespace = store, resource, namespace

    def key(self, name: str) -> str:
        return self.store.key(self.resource.group, self.resource.plural, self.namespace, name)

    def get(self, name: str) -> dict:
        found = self.store.get(self.key(name))
        if found is None:
            raise not_found(self.resource, name)
        return self._as_served(found)

    def list(self) -> list[dict]:
        found = self.store.list(self.resource.group, self.resource.plural, self.namespace)
        return [self._as_served(item) for item in found]

    def create(self, body: dict, dry_run: bool) -> dict:
        new = self._checked(body)
        metadata = new["metadata"]
        name = metadata["name"]
        if self.store.get(self.key(name)) is not None:
            raise Refusal(
                409, "AlreadyExists", f'{self.resource.qualified} "{name}" already exists'
            )
        if self.namespace and not self.store.get(
            self.store.key("", "namespaces", "", self.namespace)
        ):
            raise Refusal(404, "NotFound", f'namespaces "{self.namespace}" not found')
        metadata["uid"] = str(uuid.uuid4())
        now = datetime.datetime.now(datetime.UTC)
        metadata["creationTimestamp"] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        if self.resource.kind == "Namespace":
            new.setdefault("status", {"phase": "Active"})
        return new if dry_run else self.store.put(self.key(name), new)

    def replace(self, name: str, body: dict, dry_run: bool) -> dict:
        old = self.get(name)
        given = body.get("metadata", {}).get("resourceVersion")
        if given and given != old["metadata"]["resourceVersion"]:
            raise Refusal(
                409, "Conflict", f'{self.resource.qualified} "{name}": object was modified'
            )
        return self._update(name, old, body, dry_run)

    def patch(self, name: str, patch: dict, dry_run: bool) -> dict:
        old = self.get(name)
        return self._update(name, old, merge(copy.deepcopy(old), patch), dry_run)

    def apply(self, name: str, body: dict, dry_run: bool) -> tuple[int, dict]:
        """Server-side apply by force: the object is made, or given these fields."""
        if self.store.get(self.key(name)) is None:
            return 201, self.create(body, dry_run)
        return 200, self.patch(name, body, dry_run)

    def delete(self, name: str, dry_run: bool) -> dict:
        old = self.get(name)
        if dry_run:
            return old
        keys = [self.key(name)]
        if self.resource.kind == "Namespace":
            keys += [key for key in self.store.objects if key.split("/")[2] == name]
        self.store.remove(keys)
        return old

    def _update(self, name: str, old: dict, body: dict, dry_run: bool) -> dict:
        new = self._checked(body)
        if new["metadata"]["name"] != name:
            raise Refusal(422, "Invalid", "metadata.name: field is immutable")
        for field in SYSTEM_FIELDS:
            new["metadata"][field] = old["metadata"][field]
        if new == old or dry_run:
            return new
        return self.store.put(self.key(name), new)

    def _checked(self, body: dict) -> dict:
        new = copy.deepcopy(body)
        new.setdefault("apiVersion", self.resource.group_version)
        new.setdefault("kind", self.resource.kind)
        same_group = new["apiVersion"].split("/")[:-1] == [self.resource.group] * bool(
            self.resource.group
        )
        if new["kind"] != self.resource.kind or not same_group:
            raise Refusal(
                400,
                "BadRequest",
                f"{new['apiVersion']} {new['kind']} sent to {self.resource.qualified}",
            )
        metadata = new.setdefault("metadata", {})
        name = metadata.get("name", "")
        if not NAME.fullmatch(name) or len(name) > 253:
            raise Refusal(422, "Invalid", f"metadata.name: {name!r} is no lower-case RFC 1123 name")
        if self.namespace and metadata.setdefault("namespace", self.namespace) != self.namespace:
            raise Refusal(400, "BadRequest", "metadata.namespace differs from the request's")
        if self.resource.kind == "Secret":
            for key, value in new.pop("stringData", {}).items():
                new.setdefault("data", {})[key] = base64.b64encode(value.encode()).decode()
            new.setdefault("type", "Opaque")
        return new

    def _as_served(self, stored: dict) -> dict:
        """The object in the version asked for: the lab's versions do not differ in their fields."""
        return {**copy.deepcopy(stored), "apiVersion": self.resource.group_version}
