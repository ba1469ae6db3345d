"""Fill Keystone: projects, users, the domain of Magnum's trustees, the catalog; write clouds.yaml.

What exists already is left alone, except endpoints whose address has changed.
"""

import argparse
import os

import openstack
import yaml

SERVICES = {
    "identity": "keystone",
    "container-infra": "magnum",
    "image": "glance",
    "compute": "nova",
    "network": "neutron",
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keystone", required=True, help="where Keystone listens")
    parser.add_argument("--region", required=True)
    parser.add_argument("--clouds", required=True, help="the clouds.yaml to write")
    parser.add_argument("--endpoint", action="append", required=True, metavar="TYPE=URL")
    return parser.parse_args()


def account(auth_url, user, project):
    return {
        "auth_url": auth_url,
        "username": user,
        "password": os.environ["OS_PASSWORD"],
        "project_name": project,
        "user_domain_name": "Default",
        "project_domain_name": "Default",
    }


def fill_accounts(identity):
    roles = {role.name: role for role in identity.roles()}

    def project(name):
        return identity.find_project(name, domain_id="default") or identity.create_project(
            name=name, domain_id="default"
        )

    def user(name, domain_id="default"):
        return identity.find_user(name, domain_id=domain_id) or identity.create_user(
            name=name, domain_id=domain_id, password=os.environ["OS_PASSWORD"]
        )

    magnum = user("magnum")
    for role in ("admin", "service"):
        identity.assign_project_role_to_user(project("service"), magnum, roles[role])
    identity.assign_project_role_to_user(project("demo"), user("demo"), roles["member"])

    # Magnum gives each cluster a user of its own in this domain.
    domain = identity.find_domain("magnum") or identity.create_domain(name="magnum")
    keeper = user("magnum_domain_admin", domain.id)
    identity.assign_domain_role_to_user(domain, keeper, roles["admin"])


def fill_catalog(identity, region, urls):
    if not identity.find_region(region):
        identity.create_region(id=region)
    services = {service.type: service for service in identity.services()}
    endpoints = {(item.service_id, item.interface): item for item in identity.endpoints()}
    for kind, url in urls.items():
        service = services.get(kind) or identity.create_service(type=kind, name=SERVICES[kind])
        for interface in ("public", "internal", "admin"):
            endpoint = endpoints.get((service.id, interface))
            if endpoint is None:
                identity.create_endpoint(
                    service_id=service.id, interface=interface, region_id=region, url=url
                )
            elif endpoint.url != url:
                identity.update_endpoint(endpoint, url=url)


def write_clouds(path, auth_url, region):
    def cloud(user, project):
        return {
            "auth": account(auth_url, user, project),
            "region_name": region,
            "interface": "internal",
            "identity_api_version": "3",
        }

    clouds = {"clouds": {"default": cloud("admin", "admin"), "demo": cloud("demo", "demo")}}
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        yaml.safe_dump(clouds, file, sort_keys=False)


def main():
    given = arguments()
    urls = dict(item.split("=", 1) for item in given.endpoint)
    identity = openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        auth=account(f"{given.keystone}/v3", "admin", "admin"),
        region_name=given.region,
        # The catalog may still name the address of an earlier run, or none.
        identity_endpoint_override=f"{given.keystone}/v3",
    ).identity
    fill_accounts(identity)
    fill_catalog(identity, given.region, urls)
    write_clouds(given.clouds, urls["identity"], given.region)


if __name__ == "__main__":
    main()
