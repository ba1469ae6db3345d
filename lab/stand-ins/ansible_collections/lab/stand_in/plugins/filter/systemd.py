# Stands in for the templates of OpenStack-Ansible's role systemd_service.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
"""Unit files from an entry of `systemd_services`. A key the real role does not read is refused."""

from __future__ import annotations

SERVICE_KEYS = {
    "after_targets",
    "config_overrides",
    "dynamic_user",
    "enabled",
    "environment",
    "environment_file",
    "execreloads",
    "execstartpres",
    "execstarts",
    "execstopposts",
    "execstops",
    "partof",
    "program_accounting",
    "program_sandboxing",
    "restart_changed",
    "service_name",
    "service_type",
    "standard_output",
    "start_order",  # read by nobody; OpenStack-Ansible's roles pass it
    "state",
    "state_directory",
    "systemd_group_name",
    "systemd_lock_dir",
    "systemd_overrides",
    "systemd_overrides_only",
    "systemd_run_dir",
    "systemd_slice_name",
    "systemd_tempd_prefix",
    "systemd_user_name",
    "timer",
}
TIMER_KEYS = {
    "state",
    "options",
    "cron_minute",
    "cron_hour",
    "cron_day",
    "cron_weekday",
    "cron_month",
}
COMMANDS = (
    ("execstartpres", "ExecStartPre"),
    ("execstarts", "ExecStart"),
    ("execreloads", "ExecReload"),
)
STOPS = (("execstops", "ExecStop"), ("execstopposts", "ExecStopPost"))
HEAD = "# Written by the stand-in of OpenStack-Ansible's systemd_service\n"


def listed(value):
    return [value] if isinstance(value, str) else list(value or [])


def text(sections):
    """Unit file text of {section: {key: value or list of values}}."""
    parts = []
    for section, settings in sections.items():
        lines = [f"[{section}]"]
        for key, value in settings.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            lines += [f"{key}={'' if item is None else item}" for item in values]
        parts.append("\n".join(lines) + "\n")
    return HEAD + "\n" + "\n".join(parts)


def check(service):
    name = service.get("service_name")
    if not name:
        raise ValueError(f"an entry of systemd_services has no service_name: {service!r}")
    unknown = sorted(set(service) - SERVICE_KEYS)
    if unknown:
        raise ValueError(f"service {name}: systemd_service knows no {', '.join(unknown)}")
    unknown = sorted(set(service.get("timer") or {}) - TIMER_KEYS)
    if unknown:
        raise ValueError(f"timer of {name}: systemd_service knows no {', '.join(unknown)}")
    if not service.get("systemd_overrides_only") and not service.get("execstarts"):
        raise ValueError(f"service {name} has no execstarts")


def systemd_service(service, role):
    """The .service file of an entry; `role` holds the role's own variables without prefix."""
    check(service)
    kind = service.get("service_type", role["type"])
    environment = service.get("environment", role["environment"])
    after = service.get("after_targets", role["after_targets"])
    unit = {"Description": f"{service['service_name']} service", "After": sorted(after)}
    if "partof" in service:
        unit["PartOf"] = service["partof"]
    body = {
        "Type": kind,
        "User": service.get("systemd_user_name", role["user"]),
        "Group": service.get("systemd_group_name", role["group"]),
    }
    if "dynamic_user" in service:
        body["DynamicUser"] = service["dynamic_user"]
    body["Environment"] = [f'"{key}={value}"' for key, value in environment.items()]
    if "environment_file" in service:
        body["EnvironmentFile"] = service["environment_file"]
    reload_default = ["/bin/kill -HUP $MAINPID"] if kind == "simple" else []
    commands = {"execreloads": reload_default, **service}
    for key, setting in COMMANDS + STOPS:
        body[setting] = listed(commands.get(key))
    body["TimeoutSec"] = role["timeout_sec"]
    if kind != "oneshot":
        body.update({"Restart": role["restart"], "RestartSec": role["restart_sec"]})
    if "standard_output" in service:
        body["StandardOutput"] = service["standard_output"]
    body["Slice"] = f"{role['slice']}.slice"
    body.update(service.get("program_accounting", role["accounting"]))
    if kind != "oneshot":
        body.update(service.get("program_sandboxing", role["sandboxing"]))
        if "state_directory" in service:
            body["StateDirectory"] = service["state_directory"]
    sections = {"Unit": unit, "Service": body, "Install": {"WantedBy": "multi-user.target"}}
    for section, settings in service.get("config_overrides", role["config_overrides"]).items():
        sections.setdefault(section, {}).update(settings)
    return text(sections)


def systemd_timer(service):
    """The .timer file of an entry that has a timer."""
    check(service)
    name, timer = service["service_name"], service["timer"]
    options = timer.get("options")
    if options is None:
        parts = ("cron_minute", "cron_hour", "cron_day", "cron_weekday", "cron_month")
        calendar = " ".join(str(timer.get(part, "*")) for part in parts)
        options = {"OnBootSec": "30min", "Unit": f"{name}.service", "Persistent": "true"}
        options["OnCalendar"] = calendar
    unit = {"Description": f"{name} timer"}
    return text({"Unit": unit, "Timer": options, "Install": {"WantedBy": "multi-user.target"}})


class FilterModule:
    def filters(self):
        return {
            "systemd_service": systemd_service,
            "systemd_timer": systemd_timer,
            "systemd_override": text,
        }
