"""Stand-in for Nova at /compute/v2.1: flavors and key pairs."""

import base64
import binascii
import datetime
import hashlib
import uuid

from .web import Answer, Refused, known, route, select

PREFIX = "/compute/v2.1"
# Highest microversion whose flavors and key pairs look as they do here.
MICROVERSION = "2.61"
EPHEMERAL, PUBLIC = "OS-FLV-EXT-DATA:ephemeral", "os-flavor-access:is_public"
FLAVOR = {
    "swap": 0, "rxtx_factor": 1.0, "description": None, EPHEMERAL: 0, PUBLIC: True,
    "OS-FLV-DISABLED:disabled": False,
}  # fmt: skip


def error(refusal):
    names = {
        400: "badRequest",
        401: "unauthorized",
        403: "forbidden",
        404: "itemNotFound",
        409: "conflictingRequest",
    }
    name = names.get(refusal.status, "computeFault")
    return Answer(refusal.status, {name: {"code": refusal.status, "message": refusal.message}})


def version(request):
    link = {"rel": "self", "href": f"http://{request.host}{PREFIX}/"}
    return {
        "id": "v2.1", "status": "CURRENT", "version": MICROVERSION, "min_version": "2.1",
        "links": [link],
    }  # fmt: skip


@route("GET", "/compute", needs_token=False)
def versions(store, request):
    return Answer(200, {"versions": [version(request)]})


@route("GET", PREFIX, needs_token=False)
def api(store, request):
    return Answer(200, {"version": version(request)})


def find_flavor(store, id):
    for flavor in store["flavors"]:
        if flavor["id"] == id:
            return flavor
    raise Refused(404, f"Flavor {id} could not be found.")


@route("GET", f"{PREFIX}/flavors/detail")
@route("GET", f"{PREFIX}/flavors")
def flavors(store, request):
    found = store["flavors"]
    public = request.query.pop("is_public", "true").lower()
    if not request.is_admin or public in ("true", "1"):
        found = [flavor for flavor in found if flavor[PUBLIC]]
    elif public in ("false", "0"):
        found = [flavor for flavor in found if not flavor[PUBLIC]]
    return Answer(200, {"flavors": select(found, request.query, ())})


@route("POST", f"{PREFIX}/flavors")
def create_flavor(store, request):
    request.require_admin("os_compute_api:os-flavor-manage:create")
    given = request.json("flavor")
    known(given, ("id", "name", "ram", "vcpus", "disk", *FLAVOR), "an attribute of a flavor")
    for name in ("name", "ram", "vcpus", "disk"):
        if given.get(name) is None:
            raise Refused(400, f"Invalid input for field/attribute flavor. '{name}' is required")
    numbers = {n: int(given[n]) for n in ("ram", "vcpus", "disk", "swap", EPHEMERAL) if n in given}
    id = given.get("id")
    flavor = FLAVOR | given | numbers | {"links": [], "extra_specs": {}}
    flavor["id"] = str(uuid.uuid4()) if id in (None, "", "auto") else id
    for other in store["flavors"]:
        for key in ("id", "name"):
            if other[key] == flavor[key]:
                raise Refused(409, f"Flavor with {key} {flavor[key]} already exists.")
    store["flavors"].append(flavor)
    return Answer(200, {"flavor": flavor})


@route("GET", PREFIX + "/flavors/{id}")
def show_flavor(store, request, id):
    return Answer(200, {"flavor": find_flavor(store, id)})


@route("DELETE", PREFIX + "/flavors/{id}")
def delete_flavor(store, request, id):
    request.require_admin("os_compute_api:os-flavor-manage:delete")
    store["flavors"].remove(find_flavor(store, id))
    return Answer(202)


@route("GET", PREFIX + "/flavors/{id}/os-extra_specs")
def extra_specs(store, request, id):
    return Answer(200, {"extra_specs": find_flavor(store, id)["extra_specs"]})


@route("POST", PREFIX + "/flavors/{id}/os-extra_specs")
def create_extra_specs(store, request, id):
    request.require_admin("os_compute_api:os-flavor-extra-specs:create")
    specs = request.json("extra_specs")
    find_flavor(store, id)["extra_specs"] |= specs
    return Answer(200, {"extra_specs": specs})


@route("DELETE", PREFIX + "/flavors/{id}/os-extra_specs/{key}")
def delete_extra_spec(store, request, id, key):
    request.require_admin("os_compute_api:os-flavor-extra-specs:delete")
    if find_flavor(store, id)["extra_specs"].pop(key, None) is None:
        raise Refused(404, f"Flavor {id} has no extra specs with key {key}.")
    return Answer(200)


def own_keypairs(store, request):
    """Key pairs belong to a user, of whatever project; an administrator may name another user."""
    user = request.query.get("user_id", request.user["user"]["id"])
    if user != request.user["user"]["id"]:
        request.require_admin("another user's key pairs")
    return [keypair for keypair in store["keypairs"] if keypair["user_id"] == user]


def find_keypair(store, request, name):
    for keypair in own_keypairs(store, request):
        if keypair["name"] == name:
            return keypair
    raise Refused(404, f"Keypair {name} not found for user {request.user['user']['id']}")


@route("GET", f"{PREFIX}/os-keypairs")
def keypairs(store, request):
    known(request.query, ("user_id",), "a filter of key pairs")
    return Answer(200, {"keypairs": [{"keypair": item} for item in own_keypairs(store, request)]})


@route("POST", f"{PREFIX}/os-keypairs")
def create_keypair(store, request):
    given = known(
        request.json("keypair"), ("name", "public_key", "type"), "an attribute of a key pair"
    )
    if not given.get("public_key"):
        raise Refused(501, "the stand-in generates no key pairs: give a public_key")
    try:
        blob = base64.b64decode(given["public_key"].split()[1], validate=True)
    except (IndexError, binascii.Error):
        raise Refused(400, "Keypair data is invalid: failed to generate fingerprint") from None
    name = given["name"]
    if any(keypair["name"] == name for keypair in own_keypairs(store, request)):
        raise Refused(409, f"Key pair '{name}' already exists.")
    fingerprint = hashlib.md5(blob, usedforsecurity=False).digest().hex(":")
    keypair = {
        "name": name,
        "type": given.get("type", "ssh"),
        "public_key": given["public_key"],
        "fingerprint": fingerprint,
        "user_id": request.user["user"]["id"],
        "created_at": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
    }
    store["keypairs"].append(keypair)
    return Answer(201, {"keypair": keypair})


@route("GET", PREFIX + "/os-keypairs/{name}")
def show_keypair(store, request, name):
    return Answer(200, {"keypair": find_keypair(store, request, name)})


@route("DELETE", PREFIX + "/os-keypairs/{name}")
def delete_keypair(store, request, name):
    store["keypairs"].remove(find_keypair(store, request, name))
    return Answer(204)
