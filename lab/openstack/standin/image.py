"""Stand-in for Glance v2 at /image, and the image files of the functional test at /images."""

import datetime
import hashlib
import uuid

from . import qcow2
from .web import Answer, Refused, known, route, select

PREFIX = "/image/v2"
# What the client may set; any other attribute is a property of the image and must be text.
BASE = ("id", "name", "visibility", "protected", "tags", "owner", "os_hidden")
FORMATS = ("disk_format", "container_format", "min_disk", "min_ram")
FIXED = ("status", "size", "virtual_size", "checksum", "os_hash_algo", "os_hash_value", "file",
         "self", "schema", "created_at", "updated_at")  # fmt: skip
FILTERS = ("id", "name", "visibility", "status", "owner", "os_hidden", "protected", "os_distro")


def error(refusal):
    page = f"{refusal.status.value} {refusal.status.phrase}\n\n{refusal.message}\n"
    return Answer(refusal.status, page.encode(), "text/plain")


def now():
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def visible(store, request):
    return [
        image
        for image in store["images"]
        if request.is_admin
        or image["visibility"] in ("public", "community")
        or image["owner"] == request.project
    ]


def find(store, request, id):
    for image in visible(store, request):
        if image["id"] == id:
            return image
    raise Refused(404, f"No image found with ID {id}")


def own(store, request, id):
    image = find(store, request, id)
    if not request.is_admin and image["owner"] != request.project:
        raise Refused(403, "You are not authorized to change this image")
    return image


def check(request, attributes):
    if attributes.get("visibility") == "public":
        request.require_admin("publicize_image")
    for name, value in attributes.items():
        if name in FIXED:
            raise Refused(403, f"Attribute '{name}' is read-only.")
        if name not in BASE + FORMATS and not isinstance(value, str):
            raise Refused(400, f"Property '{name}' is not text")
    if attributes.get("visibility") not in (None, "public", "private", "shared", "community"):
        raise Refused(400, "Invalid value for 'visibility'")
    return attributes


@route("GET", PREFIX + "/schemas/image")
def show_schema(store, request):
    """What python-glanceclient, of Magnum 22 and before, asks for: any other property is text."""
    properties = {name: {} for name in BASE + FORMATS + FIXED}
    schema = {"name": "image", "properties": properties, "additionalProperties": {"type": "string"}}
    return Answer(200, schema)


@route("GET", "/image", needs_token=False)
@route("GET", "/image/versions", needs_token=False)
def versions(store, request):
    link = {"rel": "self", "href": f"http://{request.host}{PREFIX}/"}
    status = 300 if request.path.rstrip("/") == "/image" else 200
    return Answer(status, {"versions": [{"id": "v2.9", "status": "CURRENT", "links": [link]}]})


@route("GET", f"{PREFIX}/images")
def index(store, request):
    images = [i for i in visible(store, request) if i["os_hidden"] == (
        request.query.get("os_hidden", "").lower() == "true")]  # fmt: skip
    images = select(images, request.query, FILTERS, ignored=("sort_key", "sort_dir", "sort"))
    return Answer(200, {"images": images, "first": "/v2/images", "schema": "/v2/schemas/images"})


@route("POST", f"{PREFIX}/images")
def create(store, request):
    given = check(request, request.json())
    id = given.get("id") or str(uuid.uuid4())
    if any(image["id"] == id for image in store["images"]):
        raise Refused(409, f"Image ID {id} already exists!")
    image = {
        "id": id, "name": None, "status": "queued", "visibility": "shared", "protected": False,
        "os_hidden": False, "owner": request.project, "tags": [], "disk_format": None,
        "container_format": None, "min_disk": 0, "min_ram": 0, "size": None, "virtual_size": None,
        "checksum": None, "os_hash_algo": None, "os_hash_value": None, "created_at": now(),
        "updated_at": now(), "self": f"/v2/images/{id}", "file": f"/v2/images/{id}/file",
        "schema": "/v2/schemas/image",
    } | given  # fmt: skip
    store["images"].append(image)
    return Answer(201, image)


@route("GET", PREFIX + "/images/{id}")
def show(store, request, id):
    return Answer(200, find(store, request, id))


@route("PATCH", PREFIX + "/images/{id}")
def update(store, request, id):
    image = own(store, request, id)
    for step in request.json():
        operation, name = step["op"], step["path"].removeprefix("/")
        if operation == "remove":
            if name in BASE + FORMATS + FIXED or name not in image:
                raise Refused(403, f"Property {name} cannot be removed.")
            del image[name]
        elif operation in ("add", "replace"):
            image |= check(request, {name: step["value"]})
        else:
            raise Refused(400, f"Unknown operation {operation}")
    image["updated_at"] = now()
    return Answer(200, image)


@route("DELETE", PREFIX + "/images/{id}")
def delete(store, request, id):
    image = own(store, request, id)
    if image["protected"]:
        raise Refused(403, f"Image {id} is protected and cannot be deleted.")
    store["images"].remove(image)
    return Answer(204)


@route("PUT", PREFIX + "/images/{id}/file")
def upload(store, request, id):
    """Take the data's size and sums; the data itself is not kept."""
    image = own(store, request, id)
    if image["status"] != "queued":
        raise Refused(409, f"Image status transition from {image['status']} to saving not allowed")
    if not image["disk_format"] or not image["container_format"]:
        raise Refused(
            400, "Properties disk_format, container_format must be set prior to saving data."
        )
    size, md5, sha512 = 0, hashlib.md5(usedforsecurity=False), hashlib.sha512()
    for chunk in request.chunks():
        size += len(chunk)
        md5.update(chunk)
        sha512.update(chunk)
    image |= {
        "status": "active", "size": size, "checksum": md5.hexdigest(), "os_hash_algo": "sha512",
        "os_hash_value": sha512.hexdigest(), "updated_at": now(),
    }  # fmt: skip
    return Answer(204)


@route("GET", r"/images/{name}\.qcow2", needs_token=False)
def download(store, request, name):
    """Stand-in for the web site that publishes node images: any name, an empty disk."""
    known(request.query, (), "an image file's query")
    return Answer(200, qcow2.empty_disk(), "application/octet-stream")
