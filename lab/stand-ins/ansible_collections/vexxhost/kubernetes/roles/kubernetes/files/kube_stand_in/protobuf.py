# Stands in for the protobuf that a Kubernetes API server reads.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Requests that kubectl sends as protobuf: TokenRequests and reviews. Answers are JSON, always.

An object is `k8s\\0` and an envelope with its type and its bytes (Kubernetes' runtime.Unknown). A
message is named here by the numbers of its fields, from the generated.proto of each API group; a
field that is not named is refused.
"""

from __future__ import annotations

from objects import Refusal

PROTOBUF = "application/vnd.kubernetes.protobuf"
MAGIC = b"k8s\0"
STRING, STRINGS, NUMBER = "string", "strings", "number"


def _texts(*names: str) -> dict:
    return {number: (name, STRING) for number, name in enumerate(names, start=1)}


ENVELOPE = {1: ("type", _texts("apiVersion", "kind")), 2: ("raw", bytes)}
ENVELOPE |= {3: ("contentEncoding", STRING), 4: ("contentType", STRING)}
TIME = {1: ("seconds", NUMBER), 2: ("nanos", NUMBER)}
# Empty texts and zeros are sent too.
METADATA = _texts("name", "generateName", "namespace", "selfLink", "uid", "resourceVersion")
METADATA |= {7: ("generation", NUMBER), 8: ("creationTimestamp", TIME)}
RESOURCE = _texts("namespace", "verb", "group", "version", "resource", "subresource", "name")
KINDS = {
    "TokenRequest": {
        1: ("metadata", METADATA),
        2: ("spec", {1: ("audiences", STRINGS), 4: ("expirationSeconds", NUMBER)}),
        3: ("status", {1: ("token", STRING), 2: ("expirationTimestamp", TIME)}),
    },
    "SelfSubjectReview": {
        1: ("metadata", METADATA),
        2: ("status", {1: ("userInfo", _texts("username", "uid"))}),
    },
    "SelfSubjectAccessReview": {
        1: ("metadata", METADATA),
        2: (
            "spec",
            {
                1: ("resourceAttributes", RESOURCE),
                2: ("nonResourceAttributes", _texts("path", "verb")),
            },
        ),
        3: (
            "status",
            {
                **_texts("", "reason", "evaluationError"),
                1: ("allowed", NUMBER),
                4: ("denied", NUMBER),
            },
        ),
    },
}


def decode(body: bytes) -> dict:
    """The object in the body. Refuses a kind or a field that is not known."""
    if not body.startswith(MAGIC):
        raise ValueError("no protobuf of Kubernetes")
    envelope = _message(body[len(MAGIC) :], ENVELOPE)
    kind = envelope["type"]["kind"]
    if kind not in KINDS:
        raise Refusal(415, "UnsupportedMediaType", f"{kind} as protobuf")
    return {**envelope["type"], **_message(envelope["raw"], KINDS[kind])}


def _message(data: bytes, fields: dict) -> dict:
    result: dict = {}
    position = 0
    while position < len(data):
        tag, position = _number(data, position)
        number, wire = tag >> 3, tag & 7
        if number not in fields:
            raise Refusal(501, "NotImplemented", f"field {number} beside {sorted(result)}")
        name, kind = fields[number]
        if wire == 0:
            result[name], position = _number(data, position)
            continue
        if wire != 2:
            raise ValueError(f"wire type {wire} of {name}")
        length, position = _number(data, position)
        piece, position = data[position : position + length], position + length
        if kind is bytes:
            result[name] = piece
        elif isinstance(kind, dict):
            result[name] = _message(piece, kind)
        elif kind == STRINGS:
            result.setdefault(name, []).append(piece.decode())
        elif piece:  # an empty string is what an absent one means
            result[name] = piece.decode()
    return result


def _number(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
