#!/usr/bin/env python3
# Stands in for kube-apiserver: TLS, client certificates, discovery, and a store of objects.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""kube-apiserver of the lab.

A client is who its certificate of the cluster's CA names, or the ServiceAccount of its token, or
anonymous; what it may do is what RBAC says. Anonymous clients may read /healthz, /livez, /readyz
and /version. A request it does not know gets a Status with code 404 and a line in the journal.
"""

from __future__ import annotations

import json
import ssl
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from attributes import Attributes, attributes_of
from discovery import discovery_document, version_document
from identity import ANONYMOUS, Tokens, User, user_of_certificate
from objects import Objects, Refusal
from protobuf import PROTOBUF, decode
from resources import RBAC, Catalogue
from reviews import review
from rights import ADMINISTRATORS, Rights
from selectors_of_lists import Fields, selects
from store import FORWARDED, STATE_PATH, PeerLost, Peers, Store

HEALTH = ("/healthz", "/livez", "/readyz")
MERGE_PATCHES = ("application/merge-patch+json", "application/strategic-merge-patch+json")
# kubectl writes the YAML of an apply as JSON, which is YAML too.
APPLY_PATCH = "application/apply-patch+yaml"
OPENAPI_V2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, config: dict):
        pki = Path(config["pki"])
        self.version = config["version"]
        self.store = Store(Path(config["state"]))
        self.rights = Rights(self.store)
        self.tokens = Tokens(
            (pki / "ca.key").read_bytes(), self.store, config.get("longest_token", 0)
        )
        client = ssl.create_default_context(cafile=str(pki / "ca.crt"))
        client.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        self.peers = Peers(config["address"], config["members"], config["port"], client)
        self.peers.newest_state(self.store)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.minimum_version = ssl.TLSVersion.TLSv1_3
        self.tls.load_cert_chain(pki / "apiserver.crt", pki / "apiserver.key")
        self.tls.load_verify_locations(pki / "ca.crt")
        self.tls.verify_mode = ssl.CERT_OPTIONAL
        super().__init__((config["address"], config["port"]), Handler)

    def get_request(self):
        connection, address = super().get_request()
        # The handshake is done by the thread of the request: a silent client holds up nobody.
        return self.tls.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        ), address

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # a health probe that hangs up is no news
            super().handle_error(request, client_address)

    def catalogue(self) -> Catalogue:
        return Catalogue(self.store.list("apiextensions.k8s.io", "customresourcedefinitions"))


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def setup(self):
        self.request.settimeout(self.timeout)
        self.request.do_handshake()
        super().setup()

    def do_GET(self):
        self._serve()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def _serve(self):
        self.body = self._read_body()
        url = urllib.parse.urlsplit(self.path)
        self.query = {k: v[-1] for k, v in urllib.parse.parse_qs(url.query).items()}
        try:
            self._route(url.path.rstrip("/") or "/")
        except Refusal as refusal:
            self._refuse(refusal)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self._refuse(Refusal(400, "BadRequest", f"{type(error).__name__}: {error}"))
        except PeerLost as lost:
            self._refuse(Refusal(504, "Timeout", f"member {lost} took the request and hung up"))

    def _read_body(self) -> bytes:
        """`kubectl create --raw` sends its in chunks."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():  # trailers
            pass
        return b"".join(chunks)

    def _route(self, path: str):
        if path in HEALTH and self.command in ("GET", "HEAD"):
            return self._send(200, b"ok", "text/plain; charset=utf-8")
        if path == "/version" and self.command == "GET":
            return self._json(version_document(self.server.version))
        asked = attributes_of(self.command, path, self.query)
        self.user = self._who()
        self.server.rights.demand(self.user, asked)
        if path == STATE_PATH:
            return self._state()
        if self.command == "GET":
            document = discovery_document(path, self.server.catalogue())
            if document is not None:
                return self._json(document)
            if path == "/openapi/v2":  # an empty description: kubectl then validates nothing
                return self._send(200, b"", OPENAPI_V2)
        if self.command == "POST":
            answer = review(asked, self._object, self.user, self.server.rights)
            if answer is None and asked.combined == "serviceaccounts/token" and not asked.group:
                answer = self._token(asked)
            if answer is not None:
                return self._json(answer, 201)
        return self._objects(path)

    def _object(self) -> dict:
        if self._content_type() == PROTOBUF:
            return decode(self.body)
        return json.loads(self.body)

    def _token(self, asked: Attributes) -> dict:
        resource = self.server.catalogue().find("", "v1", "serviceaccounts")
        account = Objects(self.server.store, resource, asked.namespace).get(asked.name)
        return self.server.tokens.issue(account, self._object())

    def _who(self) -> User:
        user = user_of_certificate(self.request.getpeercert() or {})
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if user is None and scheme.lower() == "bearer":
            user = self.server.tokens.user(token.strip())
        return user or ANONYMOUS

    def _state(self):
        if self.command == "PUT":
            self.server.store.adopt(json.loads(self.body))
        return self._json(self.server.store.state() if self.command == "GET" else {})

    def _objects(self, path: str):
        objects, name = self._target(path)
        if self.command in ("GET", "HEAD"):
            if self.query.get("watch") in ("1", "true"):
                raise Refusal(501, "NotImplemented", "this API server serves no watch")
            return self._json(objects.get(name) if name else self._list(objects))
        # Another member that hands a write on has judged it, and speaks as an administrator.
        if not (self.headers.get(FORWARDED) and ADMINISTRATORS in self.user.groups):
            self._check_write(objects, name)
        if self._forward():
            return None
        with self.server.store.lock:
            before = self.server.store.revision
            code, answer = self._write(objects, name)
            if self.server.store.revision != before:
                self.server.peers.hand_out(self.server.store)
        return self._json(answer, code)

    def _check_write(self, objects: Objects, name: str):
        """What the path alone does not tell about a write: that it creates, that it grants."""
        resource, store = objects.resource, self.server.store
        old = store.get(objects.key(name)) if name else None
        if old is None and self._content_type() == APPLY_PATCH:
            create = Attributes(
                "create", "", resource.group, "", resource.plural, "", objects.namespace, name
            )
            self.server.rights.demand(self.user, create)
        if resource.group == RBAC and self.command != "DELETE":
            _, new = self._write(objects, name, dry_run=True)
            self.server.rights.demand_grant(self.user, resource, old, new)

    def _target(self, path: str) -> tuple[Objects, str]:
        parts = path.split("/")[1:]
        if parts[0] == "api" and len(parts) > 2:
            group, version, rest = "", parts[1], parts[2:]
        elif parts[0] == "apis" and len(parts) > 3:
            group, version, rest = parts[1], parts[2], parts[3:]
        else:
            raise self._unknown(path)
        namespace = ""
        if rest[0] == "namespaces" and len(rest) > 2 and rest[2] != "status":
            namespace, rest = rest[1], rest[2:]
        resource = self.server.catalogue().find(group, version, rest[0])
        if resource is None or len(rest) > 3 or (len(rest) == 3 and rest[2] != "status"):
            raise self._unknown(path)
        if namespace and not resource.namespaced:
            raise self._unknown(path)
        return Objects(self.server.store, resource, namespace), rest[1] if len(rest) > 1 else ""

    def _list(self, objects: Objects) -> dict:
        items = objects.list()
        if selector := self.query.get("labelSelector"):
            items = [i for i in items if selects(selector, i["metadata"].get("labels", {}))]
        if selector := self.query.get("fieldSelector"):
            items = [i for i in items if selects(selector, Fields(i))]
        resource = objects.resource
        return {
            "kind": f"{resource.kind}List",
            "apiVersion": resource.group_version,
            "metadata": {"resourceVersion": str(self.server.store.revision)},
            "items": items,
        }

    def _forward(self) -> bool:
        """Hand a write to the first member before this one that answers."""
        if self.headers.get(FORWARDED):
            return False
        headers = {k: v for k, v in self.headers.items() if k in ("Content-Type", "Accept")}
        headers[FORWARDED] = "1"
        for member in self.server.peers.before_me():
            answer = self.server.peers.ask(member, self.command, self.path, headers, self.body)
            if answer is not None:
                self._send(answer[0], answer[2], answer[1].get("Content-Type", "application/json"))
                return True
        return False

    def _write(self, objects: Objects, name: str, *, dry_run: bool = False) -> tuple[int, dict]:
        dry_run = dry_run or self.query.get("dryRun") == "All"
        kind = self._content_type()
        if self.command == "DELETE" and name:
            return 200, objects.delete(name, dry_run)
        body = json.loads(self.body) if kind.endswith("json") or kind == APPLY_PATCH else None
        match self.command, kind:
            case "POST", "application/json" if not name:
                name = body.get("metadata", {}).get("name", "")
                if objects.resource.namespaced and not objects.namespace:
                    raise Refusal(400, "BadRequest", "an empty namespace may not be set")
                return 201, objects.create(body, dry_run)
            case "PUT", "application/json" if name:
                return 200, objects.replace(name, body, dry_run)
            case "PATCH", patch if name and patch in MERGE_PATCHES:
                return 200, objects.patch(name, body, dry_run)
            case "PATCH", patch if name and patch == APPLY_PATCH:
                if self.query.get("force") != "true":
                    raise Refusal(501, "NotImplemented", "who owns a field is not kept: force it")
                return objects.apply(name, body, dry_run)
        raise Refusal(415, "UnsupportedMediaType", f"{self.command} of {kind}")

    def _content_type(self) -> str:
        return (self.headers.get("Content-Type") or "application/json").split(";")[0]

    def _unknown(self, path: str) -> Refusal:
        self._complain(f"does not know {path}")
        return Refusal(404, "NotFound", "the server could not find the requested resource")

    def _complain(self, message: str):
        print(f"stand-in API server: {self.command}: {message}", file=sys.stderr, flush=True)

    def _refuse(self, refusal: Refusal):
        if refusal.code in (400, 415, 501):
            self._complain(f"{self.path}: {refusal.message}")
        status = {
            "kind": "Status",
            "apiVersion": "v1",
            "metadata": {},
            "status": "Failure",
            "message": refusal.message,
            "reason": refusal.reason,
            "code": refusal.code,
        }
        self._json(status, refusal.code)

    def _json(self, value: dict, code: int = 200):
        self._send(code, json.dumps(value).encode(), "application/json")

    def _send(self, code: int, body: bytes, content_type: str):
        self.send_response(code)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format, *args):
        """Only what is unknown is logged: health checks would fill the journal."""


if __name__ == "__main__":
    Server(json.loads(Path(sys.argv[1]).read_text())).serve_forever()
