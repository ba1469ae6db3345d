"""Print every address and route of this machine that meets one of the lab's networks.

Usage: conflicts.py PROTOCOL NETWORK...; blackhole routes of PROTOCOL are the lab's own.
"""

import ipaddress
import json
import subprocess
import sys


def ip(*arguments):
    output = subprocess.run(["ip", "-json", "-4", *arguments], check=True, capture_output=True)
    return json.loads(output.stdout or b"[]")


def used():
    for link in ip("address", "show"):
        for address in link.get("addr_info", []):
            net = ipaddress.ip_interface(f"{address['local']}/{address['prefixlen']}").network
            yield (
                net,
                f"address {address['local']}/{address['prefixlen']} on {link['ifname']}",
            )
            if "address" in address:  # the other end of a point-to-point link
                peer = ipaddress.ip_network(address["address"])
                yield peer, f"peer address {address['address']} on {link['ifname']}"
    for route in ip("route", "show", "table", "all"):
        if route["dst"] == "default":
            continue
        own = route.get("type") == "blackhole" and str(route.get("protocol")) == protocol
        if not own:
            where = f" on {route['dev']}" if "dev" in route else ""
            kind = route.get("type", "route")
            yield ipaddress.ip_network(route["dst"]), f"{kind} {route['dst']}{where}"


protocol = sys.argv[1]
networks = [ipaddress.ip_network(argument) for argument in sys.argv[2:]]
met = {text: net for net, text in used() for wanted in networks if net.overlaps(wanted)}
for text in met:
    print(f"    {text}")
