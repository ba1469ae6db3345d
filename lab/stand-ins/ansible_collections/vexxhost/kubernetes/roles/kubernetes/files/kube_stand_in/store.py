# Stands in for etcd: what the lab's API servers store, the same on each of them.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Objects by key, with one revision number for all.

The members of a cluster have a fixed order. The first that answers applies every write and
hands the whole state to the others; a member that starts takes the newest state it finds.
That is enough for a lab, where nobody cuts a network in two.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import ssl
import tempfile
import threading
from pathlib import Path

STATE_PATH = "/stand-in/state"
FORWARDED = "X-Stand-In-Forwarded"
CONNECT_TIMEOUT = 3.0
ANSWER_TIMEOUT = 30.0


class PeerLost(Exception):
    """A member took a request and did not answer it."""


class Store:
    def __init__(self, path: Path):
        self.path = path
        self.lock = threading.RLock()
        self.revision = 0
        self.objects: dict[str, dict] = {}
        if path.exists():
            state = json.loads(path.read_text())
            self.revision, self.objects = state["revision"], state["objects"]

    @staticmethod
    def key(group: str, plural: str, namespace: str, name: str = "") -> str:
        return f"{group}/{plural}/{namespace}/{name}"

    def get(self, key: str) -> dict | None:
        with self.lock:
            return self.objects.get(key)

    def list(self, group: str, plural: str, namespace: str = "") -> list[dict]:
        """Objects of a type, of one namespace or (an empty one) of all."""
        prefix = self.key(group, plural, namespace) if namespace else f"{group}/{plural}/"
        with self.lock:
            return [self.objects[key] for key in sorted(self.objects) if key.startswith(prefix)]

    def put(self, key: str, value: dict) -> dict:
        with self.lock:
            self.revision += 1
            value["metadata"]["resourceVersion"] = str(self.revision)
            self.objects[key] = value
            self._save()
            return value

    def remove(self, keys: list[str]) -> None:
        with self.lock:
            self.revision += 1
            for key in keys:
                self.objects.pop(key, None)
            self._save()

    def state(self) -> dict:
        with self.lock:
            return {"revision": self.revision, "objects": dict(self.objects)}

    def adopt(self, state: dict) -> bool:
        """Take another member's state if it is newer."""
        with self.lock:
            if state["revision"] <= self.revision:
                return False
            self.revision, self.objects = state["revision"], state["objects"]
            self._save()
            return True

    def _save(self) -> None:
        descriptor, name = tempfile.mkstemp(dir=self.path.parent)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"revision": self.revision, "objects": self.objects}, file)
        os.replace(name, self.path)


class Peers:
    """The other members of the cluster, spoken to with this member's admin certificate."""

    def __init__(self, me: str, members: list[str], port: int, context: ssl.SSLContext):
        self.me, self.members, self.port, self.context = me, members, port, context

    def before_me(self) -> list[str]:
        return self.members[: self.members.index(self.me)]

    def ask(self, member: str, method: str, path: str, headers=None, body=None):
        """One request; (status, headers, body), or None when the member is not there.

        PeerLost when it took the request and gave no answer: it may have done what was asked.
        """
        connection = http.client.HTTPSConnection(
            member, self.port, timeout=CONNECT_TIMEOUT, context=self.context
        )
        try:
            connection.connect()
        except OSError:
            return None
        try:
            connection.sock.settimeout(ANSWER_TIMEOUT)
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        except (OSError, http.client.HTTPException) as error:
            raise PeerLost(member) from error
        finally:
            connection.close()

    def newest_state(self, store: Store) -> None:
        for member in self.members:
            with contextlib.suppress(PeerLost):
                answer = self.ask(member, "GET", STATE_PATH) if member != self.me else None
                if answer and answer[0] == 200:
                    store.adopt(json.loads(answer[2]))

    def hand_out(self, store: Store) -> None:
        body = json.dumps(store.state())
        for member in self.members:
            if member != self.me:
                with contextlib.suppress(PeerLost):  # it asks for the state when it is back
                    self.ask(member, "PUT", STATE_PATH, {"Content-Type": "application/json"}, body)
