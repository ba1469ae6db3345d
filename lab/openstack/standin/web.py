"""Requests, answers and the table of routes."""

import dataclasses
import http
import json
import re
import urllib.parse

ROUTES = []


class Refused(Exception):
    """An answer that is an error; each service has its own form for it."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = http.HTTPStatus(status)
        self.message = message


def unknown(what):
    """Refuse what the real service may well know and this one does not."""
    return Refused(501, f"the stand-in does not know {what}")


@dataclasses.dataclass
class Answer:
    status: int
    body: object = None  # JSON, or bytes as they are
    content_type: str = "application/json"


@dataclasses.dataclass
class Request:
    method: str
    path: str
    query: dict  # the last value of each parameter
    headers: object
    stream: object
    host: str
    user: dict = None  # Keystone's token, on routes that ask for one

    def json(self, envelope=None):
        """The body, or the object in its envelope ({"network": {...}})."""
        try:
            body = json.loads(self.read())
        except ValueError as error:
            raise Refused(400, f"the body is not JSON: {error}") from None
        if envelope is None:
            return body
        if not isinstance(body, dict) or not isinstance(body.get(envelope), dict):
            raise Refused(400, f"the body has no object {envelope!r}")
        return body[envelope]

    def read(self):
        return b"".join(self.chunks())

    def chunks(self, size=1 << 20):
        """The body piece by piece, however it was sent."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            while length := int(self.stream.readline().split(b";")[0], 16):
                yield self.stream.read(length)
                self.stream.readline()
            self.stream.readline()
            return
        left = int(self.headers.get("Content-Length") or 0)
        while left:
            chunk = self.stream.read(min(left, size))
            if not chunk:
                raise Refused(400, "the body is shorter than it says")
            left -= len(chunk)
            yield chunk

    @property
    def project(self):
        return self.user["project"]["id"]

    @property
    def is_admin(self):
        return any(role["name"] == "admin" for role in self.user["roles"])

    def require_admin(self, what):
        if not self.is_admin:
            raise Refused(403, f"{what} is for administrators")


@dataclasses.dataclass
class Route:
    method: str
    pattern: re.Pattern
    handler: object
    needs_token: bool


def route(method, path, needs_token=True):
    """Declare a handler; `{name}` in the path becomes its argument of that name."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def declare(handler):
        ROUTES.append(Route(method, pattern, handler, needs_token))
        return handler

    return declare


def find_route(method, path):
    path = path.rstrip("/") or "/"
    for candidate in ROUTES:
        if candidate.method == method and (match := candidate.pattern.fullmatch(path)):
            arguments = {k: urllib.parse.unquote(v) for k, v in match.groupdict().items()}
            return candidate, arguments
    raise unknown(f"{method} {path}")


def known(given, names, what):
    """Refuse attributes that would be stored without meaning anything."""
    if strange := sorted(set(given) - set(names)):
        raise unknown(f"{what}: {', '.join(strange)}")
    return given


def select(items, query, filters, ignored=()):
    """Apply equality filters, then `marker` and `limit`, as the services' list calls do."""
    for name, value in query.items():
        if name in filters:
            items = [item for item in items if text(item.get(name)) == text(value)]
        elif name not in ("marker", "limit", *ignored):
            raise unknown(f"the filter {name}")
    if marker := query.get("marker"):
        position = next((i for i, item in enumerate(items) if item.get("id") == marker), None)
        if position is None:
            raise Refused(400, f"marker {marker} could not be found")
        items = items[position + 1 :]
    return items[: int(query["limit"])] if "limit" in query else items


def text(value):
    return (
        str(value).lower() if isinstance(value, bool) or value in ("True", "False") else str(value)
    )
