"""Print the hosts of the inventory, one a line, for lab/up.sh.

Columns: name, short name, bridge=address[,address]... for each network. The short name of
infra1-k8s-container-1a2b3c02 is k8s2: its component and its number among those.
"""

import collections
import sys

import yaml

with open(sys.argv[1]) as file:
    hosts = yaml.safe_load(file)["all"]["hosts"]

seen = collections.Counter()
for name, variables in hosts.items():
    if name == "localhost":
        continue
    short = name
    if "-container-" in name:
        component = name.split("-container-")[0].partition("-")[2]
        seen[component] += 1
        short = f"{component}{seen[component]}"
    addresses = {"br-mgmt": [f"{variables['ansible_host']}/24"]}
    for bridge, more in variables.get("lab_addresses", {}).items():
        addresses.setdefault(bridge, []).extend(more)
    print(name, short, *(f"{bridge}={','.join(a)}" for bridge, a in addresses.items()))
