"""The resources, kept in one JSON file."""

import json
import os
import threading

KINDS = ("images", "flavors", "keypairs", "networks", "subnets")


class Store:
    def __init__(self, path):
        self.path = path
        self.lock = threading.RLock()
        try:
            with open(path) as file:
                self.resources = json.load(file)
        except FileNotFoundError:
            self.resources = {kind: [] for kind in KINDS}

    def __getitem__(self, kind):
        return self.resources[kind]

    def save(self):
        partial = f"{self.path}.new"
        with open(partial, "w") as file:
            json.dump(self.resources, file, indent=1)
        os.replace(partial, self.path)
