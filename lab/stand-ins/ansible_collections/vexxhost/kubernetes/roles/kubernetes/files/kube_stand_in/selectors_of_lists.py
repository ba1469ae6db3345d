# Stands in for the label and field selectors of a Kubernetes API server.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Equality and existence terms; the set-based ones are refused."""

from __future__ import annotations

from collections.abc import Mapping


class Fields(Mapping):
    """An object's fields by dotted path, as `metadata.name` and `spec.nodeName`."""

    def __init__(self, item: dict):
        self.item = item

    def __getitem__(self, path: str) -> str:
        value = self.item
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is None:
            raise KeyError(path)
        return str(value)

    def __iter__(self):
        raise NotImplementedError("the fields of an object are asked for by name")

    def __len__(self):
        raise NotImplementedError("the fields of an object are asked for by name")


def selects(selector: str, values: Mapping[str, str]) -> bool:
    """Whether every term of the selector holds. ValueError for a set-based one."""
    if "(" in selector:
        raise ValueError(f"set-based selector {selector!r}")
    for term in filter(None, selector.split(",")):
        if "!=" in term:
            name, value = term.split("!=", 1)
            matched = values.get(name) != value
        elif "=" in term:
            name, value = term.replace("==", "=").split("=", 1)
            matched = values.get(name) == value
        elif term.startswith("!"):
            matched = values.get(term[1:]) is None
        else:
            matched = values.get(term) is not None
        if not matched:
            return False
    return True
