# Stands in for how a Kubernetes API server finds out who asks.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Users by client certificate, and ServiceAccounts by a token of the TokenRequest API.

A token is a JWT as Kubernetes writes them, but for its signature: HMAC with a key that every
member derives from the CA's, since Python's own library signs with no other kind.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from dataclasses import dataclass

from objects import Refusal
from store import Store

ISSUER = "https://kubernetes.default.svc.cluster.local"
SHORTEST = 600  # seconds; Kubernetes refuses less
USUAL = 3600  # seconds, of a request that names no duration
LONGEST = 1 << 32  # seconds; Kubernetes refuses more


@dataclass(frozen=True)
class User:
    name: str
    groups: tuple[str, ...]


ANONYMOUS = User("system:anonymous", ("system:unauthenticated",))


def user_of_certificate(certificate: dict) -> User | None:
    """The common name is the user's, each organisation a group's; verified by TLS."""
    subject = [pair for rdn in certificate.get("subject", ()) for pair in rdn]
    if not subject:
        return None
    groups = [value for kind, value in subject if kind == "organizationName"]
    return User(dict(subject).get("commonName", ""), (*groups, "system:authenticated"))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Tokens:
    """`longest`: seconds to which the server shortens tokens, as its own option does; 0 for none."""

    def __init__(self, ca_key: bytes, store: Store, longest: int = 0):
        self.key = hashlib.sha256(b"service accounts\n" + ca_key).digest()
        self.store, self.longest = store, longest

    def issue(self, account: dict, request: dict) -> dict:
        """The answer to a TokenRequest for the ServiceAccount."""
        spec = request.get("spec") or {}
        unknown = set(spec) - {"audiences", "expirationSeconds", "boundObjectRef"}
        if unknown or spec.get("boundObjectRef") or spec.get("audiences"):
            raise Refusal(501, "NotImplemented", f"a TokenRequest with {sorted(spec)}")
        seconds = spec.get("expirationSeconds") or USUAL
        if not SHORTEST <= seconds <= LONGEST:
            raise Refusal(
                422,
                "Invalid",
                f"spec.expirationSeconds: Invalid value: {seconds}: "
                f"may not specify a duration less than 10 minutes or more than 2^32 seconds",
            )
        if self.longest:
            seconds = min(seconds, self.longest)
        now = int(time.time())
        metadata = account["metadata"]
        token = self._sign(
            {
                "aud": [ISSUER],
                "exp": now + seconds,
                "iat": now,
                "iss": ISSUER,
                "jti": str(uuid.uuid4()),
                "kubernetes.io": {
                    "namespace": metadata["namespace"],
                    "serviceaccount": {"name": metadata["name"], "uid": metadata["uid"]},
                },
                "nbf": now,
                "sub": f"system:serviceaccount:{metadata['namespace']}:{metadata['name']}",
            }
        )
        expiry = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + seconds))
        return {
            "kind": "TokenRequest",
            "apiVersion": "authentication.k8s.io/v1",
            "metadata": {"name": metadata["name"], "namespace": metadata["namespace"]},
            "spec": {"audiences": [ISSUER], "expirationSeconds": seconds},
            "status": {"token": token, "expirationTimestamp": expiry},
        }

    def user(self, token: str) -> User:
        """Whose token it is. Refuses one that is not ours, has expired or outlived its account."""
        try:
            signed, signature = token.rsplit(".", 1)
            if not hmac.compare_digest(signature, self._signature(signed)):
                raise ValueError
            claims = json.loads(_decode(signed.split(".")[1]))
        except ValueError as error:
            raise Refusal(401, "Unauthorized", "Unauthorized") from error
        bound = claims["kubernetes.io"]
        namespace, name = bound["namespace"], bound["serviceaccount"]["name"]
        account = self.store.get(self.store.key("", "serviceaccounts", namespace, name))
        alive = account and account["metadata"]["uid"] == bound["serviceaccount"]["uid"]
        if not alive or not claims["nbf"] <= time.time() < claims["exp"]:
            raise Refusal(401, "Unauthorized", "Unauthorized")
        groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}")
        return User(claims["sub"], (*groups, "system:authenticated"))

    def _sign(self, claims: dict) -> str:
        header = {"alg": "HS256", "typ": "JWT"}
        signed = ".".join(
            _encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)
        )
        return f"{signed}.{self._signature(signed)}"

    def _signature(self, signed: str) -> str:
        return _encode(hmac.digest(self.key, signed.encode(), "sha256"))
