"""Ask Keystone whose token it is."""

import json
import threading
import time
import urllib.error
import urllib.request

from .web import Refused

TRUSTED_FOR = 30  # seconds


class Tokens:
    def __init__(self, keystone):
        self.url = f"{keystone}/v3/auth/tokens?nocatalog"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.lock = threading.Lock()
        self.seen = {}

    def user(self, token):
        if not token:
            raise Refused(401, "The request you have made requires authentication.")
        with self.lock:
            user, until = self.seen.get(token, (None, 0))
        if until > time.monotonic():
            return user
        question = urllib.request.Request(
            self.url, headers={"X-Auth-Token": token, "X-Subject-Token": token}
        )
        try:
            with self.opener.open(question, timeout=30) as answer:
                user = json.load(answer)["token"]
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise Refused(503, f"Keystone answers {error.code}") from None
            raise Refused(401, "The request you have made requires authentication.") from None
        except OSError as error:
            raise Refused(503, f"Keystone does not answer: {error}") from None
        if "project" not in user:
            raise Refused(403, "the token is not scoped to a project")
        with self.lock:
            self.seen[token] = (user, time.monotonic() + TRUSTED_FOR)
        return user
