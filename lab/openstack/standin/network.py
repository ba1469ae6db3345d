"""Stand-in for Neutron at /network/v2.0: networks and subnets."""

import datetime
import ipaddress
import uuid

from .web import Answer, Refused, known, route, select

PREFIX = "/network/v2.0"
EXTERNAL = "router:external"
PROVIDER = ("provider:network_type", "provider:physical_network", "provider:segmentation_id")
NETWORK = {
    "name": "", "description": "", "admin_state_up": True, "shared": False, EXTERNAL: False,
    "mtu": 1500, "port_security_enabled": True, "dns_domain": "", "is_default": False,
    "vlan_transparent": None, "availability_zone_hints": [],
} | dict.fromkeys(PROVIDER)  # fmt: skip
SUBNET = {
    "name": "", "description": "", "ip_version": 4, "enable_dhcp": True, "dns_nameservers": [],
    "host_routes": [], "ipv6_address_mode": None, "ipv6_ra_mode": None, "subnetpool_id": None,
}  # fmt: skip
OWNER = ("project_id", "tenant_id")


def error(refusal):
    kinds = {404: "NotFound", 409: "Conflict", 403: "PolicyNotAuthorized"}
    kind = kinds.get(refusal.status, "BadRequest")
    body = {"NeutronError": {"type": kind, "message": refusal.message, "detail": ""}}
    return Answer(refusal.status, body)


def stamp():
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def owned(request, given):
    """What both kinds have: an owner, whom only an administrator may choose, and dates."""
    owner = given.pop("project_id", None) or given.pop("tenant_id", None) or request.project
    given.pop("tenant_id", None)
    if owner != request.project:
        request.require_admin("another project's network")
    return {
        "id": str(uuid.uuid4()), "project_id": owner, "tenant_id": owner, "tags": [],
        "created_at": stamp(), "updated_at": stamp(), "revision_number": 1,
    }  # fmt: skip


def visible_networks(store, request):
    return [
        network
        for network in store["networks"]
        if request.is_admin
        or network["shared"]
        or network[EXTERNAL]
        or network["project_id"] == request.project
    ]


def visible_subnets(store, request):
    networks = {n["id"] for n in visible_networks(store, request) if not n[EXTERNAL] or n["shared"]}
    return [
        subnet
        for subnet in store["subnets"]
        if request.is_admin
        or subnet["network_id"] in networks
        or subnet["project_id"] == request.project
    ]


def find(items, kind, id):
    for item in items:
        if item["id"] == id:
            return item
    raise Refused(404, f"{kind} {id} could not be found.")


def own(items, kind, id, request):
    item = find(items, kind, id)
    if not request.is_admin and item["project_id"] != request.project:
        raise Refused(403, f"changing {kind} {id} is disallowed by policy")
    return item


def index(items, kind, request, names):
    filters = ("id", *OWNER, "status", *names)
    query = {k: v for k, v in request.query.items() if k != "fields"}
    return Answer(200, {kind: select(items, query, filters, ignored=("sort_key", "sort_dir"))})


def restrict(request, given):
    if given.get(EXTERNAL) or given.get("shared") or any(given.get(name) for name in PROVIDER):
        request.require_admin("an external, shared or provider network")


@route("GET", "/network", needs_token=False)
def versions(store, request):
    link = {"rel": "self", "href": f"http://{request.host}{PREFIX}/"}
    return Answer(200, {"versions": [{"id": "v2.0", "status": "CURRENT", "links": [link]}]})


@route("GET", f"{PREFIX}/networks")
def networks(store, request):
    return index(visible_networks(store, request), "networks", request, NETWORK)


@route("POST", f"{PREFIX}/networks")
def create_network(store, request):
    given = request.json("network")
    known(given, (*NETWORK, *OWNER), "an attribute of a network")
    restrict(request, given)
    common = owned(request, given)
    network = (
        NETWORK | given | common | {"status": "ACTIVE", "subnets": [], "availability_zones": []}
    )
    store["networks"].append(network)
    return Answer(201, {"network": network})


@route("GET", PREFIX + "/networks/{id}")
def show_network(store, request, id):
    return Answer(200, {"network": find(visible_networks(store, request), "Network", id)})


@route("PUT", PREFIX + "/networks/{id}")
def update_network(store, request, id):
    network = own(visible_networks(store, request), "Network", id, request)
    given = known(request.json("network"), NETWORK, "an attribute of a network")
    restrict(request, given)
    network |= given | {"updated_at": stamp(), "revision_number": network["revision_number"] + 1}
    return Answer(200, {"network": network})


@route("DELETE", PREFIX + "/networks/{id}")
def delete_network(store, request, id):
    network = own(visible_networks(store, request), "Network", id, request)
    store["networks"].remove(network)
    store["subnets"][:] = [s for s in store["subnets"] if s["network_id"] != id]
    return Answer(204)


@route("GET", f"{PREFIX}/subnets")
def subnets(store, request):
    names = (*SUBNET, "network_id", "cidr", "gateway_ip")
    return index(visible_subnets(store, request), "subnets", request, names)


@route("POST", f"{PREFIX}/subnets")
def create_subnet(store, request):
    given = request.json("subnet")
    names = (*SUBNET, *OWNER, "network_id", "cidr", "gateway_ip", "allocation_pools")
    known(given, names, "an attribute of a subnet")
    network = own(visible_networks(store, request), "Network", given.get("network_id"), request)
    common = owned(request, given)
    subnet = SUBNET | given | common
    subnet |= addresses(subnet)
    block = ipaddress.ip_network(subnet["cidr"])
    for other in store["subnets"]:
        if other["network_id"] == network["id"] and block.overlaps(
            ipaddress.ip_network(other["cidr"])
        ):
            raise Refused(
                400, f"Invalid input for operation: {block} overlaps with {other['cidr']}."
            )
    store["subnets"].append(subnet)
    network["subnets"].append(subnet["id"])
    return Answer(201, {"subnet": subnet})


def addresses(subnet):
    """The block, gateway and pools, with Neutron's defaults for the two latter."""
    try:
        block = ipaddress.ip_network(subnet["cidr"])
        gateway = ipaddress.ip_address(subnet.get("gateway_ip") or block[1])
        pools = subnet.get("allocation_pools") or [{"start": str(block[2]), "end": str(block[-2])}]
        ends = [ipaddress.ip_address(pool[end]) for pool in pools for end in ("start", "end")]
    except (KeyError, ValueError, IndexError) as error:
        raise Refused(400, f"Invalid input for operation: {error}.") from None
    if block.version != subnet["ip_version"]:
        raise Refused(
            400, f"Invalid input for operation: {block} is not of IPv{subnet['ip_version']}."
        )
    if not all(end in block for end in ends):
        raise Refused(400, f"Invalid input for operation: a pool lies outside {block}.")
    without_gateway = "gateway_ip" in subnet and subnet["gateway_ip"] is None
    return {
        "cidr": str(block),
        "gateway_ip": None if without_gateway else str(gateway),
        "allocation_pools": pools,
    }


@route("GET", PREFIX + "/subnets/{id}")
def show_subnet(store, request, id):
    return Answer(200, {"subnet": find(visible_subnets(store, request), "Subnet", id)})


@route("PUT", PREFIX + "/subnets/{id}")
def update_subnet(store, request, id):
    subnet = own(visible_subnets(store, request), "Subnet", id, request)
    changeable = ("name", "description", "enable_dhcp", "dns_nameservers", "host_routes",
                  "gateway_ip", "allocation_pools")  # fmt: skip
    given = known(request.json("subnet"), changeable, "a change of a subnet")
    changed = subnet | given
    subnet |= changed | addresses(changed) | {"updated_at": stamp()}
    return Answer(200, {"subnet": subnet})


@route("DELETE", PREFIX + "/subnets/{id}")
def delete_subnet(store, request, id):
    subnet = own(visible_subnets(store, request), "Subnet", id, request)
    store["subnets"].remove(subnet)
    for network in store["networks"]:
        if id in network["subnets"]:
            network["subnets"].remove(id)
    return Answer(204)
