"""What openstacksdk makes of configurations: sdk_oracle.py < CASES, a list in JSON.

A case has the folders `cwd` and `home`, the folder `system` that stands for /etc/openstack, the
`environment`, the `cloud` asked for and the `arguments`. Prints a list of results: the settings, or
an `error`.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import warnings

import openstack.config.loader as loader_module
from keystoneauth1 import loading

SERVICE = "container-infra"


# Looking for plugins takes a tenth of a second.
plugin_loader = functools.cache(loading.get_plugin_loader)


class AnyCredentials:
    """The options of a way to authenticate, without a look whether they are complete."""

    def __init__(self, loader):
        self.options = loader.get_options()

    def get_options(self):
        return self.options

    def load_from_options(self, **given):
        self.given = given


def result(case):
    environment = dict(case["environment"], HOME=case["home"])
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(case["cwd"])
    # The folders are looked for when the module is loaded.
    module = importlib.reload(loader_module)
    for name in ("CONFIG_FILES", "SECURE_FILES", "VENDOR_FILES"):
        files = [path.replace("/etc/openstack", case["system"]) for path in getattr(module, name)]
        setattr(module, name, files)

    class Configuration(module.OpenStackConfig):
        def _get_auth_loader(self, config):
            self.credentials = AnyCredentials(plugin_loader(config["auth_type"]))
            return self.credentials

    configuration = Configuration()
    region = configuration.get_one(case["cloud"], **case["arguments"])
    used = {option.dest for option in configuration.credentials.options}
    verify, certificate = region.get_requests_verify_args()
    interface = region.get_interface(SERVICE)
    return {
        "name": region.name,
        "type": region.config["auth_type"],
        "auth": {key: value for key, value in region.config["auth"].items() if key in used},
        "region": region.get_region_name(SERVICE),
        "interface": [interface] if isinstance(interface, str) else interface,
        "verify": verify,
        "certificate": certificate,
        "endpoint": region.get_endpoint(SERVICE),
        "version": region._get_config("api_version", SERVICE),
        "timeout": region.config.get("api_timeout"),
    }


def main():
    warnings.simplefilter("ignore")
    results = []
    for case in json.load(sys.stdin):
        try:
            results.append(result(case))
        except Exception as error:  # noqa: BLE001 - what openstacksdk refuses, in whatever way
            results.append({"error": f"{type(error).__name__}: {error}"})
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
