#!/usr/bin/env python3
"""Runs the module magnum_cluster_template and openstack.cloud.coe_cluster_template by turns against
the Keystone and Magnum whose logs are named, and prints what each takes:
magnum_cluster_template.py --rounds N ... CORE=ANSIBLE_PLAYBOOK..."""

from __future__ import annotations

import argparse
import glob
import json
import os
import statistics
import subprocess
import sys
import time

from times import medians

PLAYBOOK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "magnum_cluster_template.yml")
TASKS = {"ours": "magnum_cluster_template", "usual": "openstack.cloud.coe_cluster_template"}
CLIENTS = ("mcapi ", "openstacksdk/")
"""What the user agents of the two begin with. Magnum asks Keystone too, as somebody else."""

MOST_REQUESTS = 3
"""Of ours, for a template that is as it is wanted."""


class Bench:
    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.count = 0

    def run(self, command: list[str], **environment: str) -> tuple[float, float, str]:
        """Seconds of the clock, and of the processor for it and its children; what it says."""
        self.count += 1
        path = os.path.join(self.given.scratch, f"output-{self.count}")
        with open(path, "w+", encoding="utf-8") as output:
            started = time.monotonic()
            process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **environment}
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = time.monotonic() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read()
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}:\n{text}")
        return wall, used.ru_utime + used.ru_stime, text

    def play(self, playbook: str, side: str, count: int, **environment: str):
        variables = {
            "bench_side": side,
            "bench_count": count,
            "bench_folder": self.given.scratch,
            "bench_images": self.given.images,
            "ansible_python_interpreter": self.given.python,
        }
        return self.run([playbook, PLAYBOOK, "-e", json.dumps(variables)], **environment)

    def requests(self) -> int:
        """How many requests of the two clients the services have written down."""
        count = 0
        for name in ("keystone.out", "magnum.out", "standin.out"):
            with open(os.path.join(self.given.logs, name), encoding="utf-8") as file:
                count += sum(any(client in line for client in CLIENTS) for line in file)
        return count

    def kept(self, side: str, command: list[str]) -> tuple[float, float]:
        """Runs one of the modules for a template that is there already: seconds, as run has them."""
        wall, seconds, text = self.run(command)
        if json.loads(text).get("changed") is not False:
            sys.exit(f"{TASKS[side]} has changed something: {text}")
        return wall, seconds

    def asked(self, side: str, command: list[str]) -> int:
        before = self.requests()
        self.kept(side, command)
        time.sleep(1)  # the logs are written after the answer
        return self.requests() - before

    def commands(self, playbook: str) -> dict[str, list[str]]:
        """What each module's task for the first template runs on a target."""
        arguments = os.path.join(self.given.scratch, "arguments")
        with open(arguments, "w", encoding="utf-8") as file:
            json.dump(
                {
                    "name": "bench-0",
                    "coe": "kubernetes",
                    "image": "bench-image",
                    "external_network": "bench-network",
                    "flavor": "bench-flavor",
                    "master_flavor": "bench-flavor",
                    "network_driver": "calico",
                    "dns_nameserver": ["8.8.8.8"],
                    "docker_volume_size": 10,
                    "master_lb_enabled": True,
                    "labels": {
                        "kube_tag": "v1.34.2",
                        "auto_scaling_enabled": "true",
                        "max_node_count": "4",
                    },
                },
                file,
            )
        kept = os.path.join(self.given.scratch, "kept-" + os.path.basename(playbook))
        self.play(
            playbook,
            "usual",
            1,
            TASK_TIMES=os.devnull,
            ANSIBLE_KEEP_REMOTE_FILES="true",
            ANSIBLE_PIPELINING="false",
            ANSIBLE_REMOTE_TEMP=kept,
        )
        pattern = os.path.join(kept, "**", "AnsiballZ_coe_cluster_template.py")
        (file,) = glob.glob(pattern, recursive=True)
        return {"ours": [self.given.module, arguments], "usual": [self.given.python, file]}


def row(name: str, ours: float, usual: float, factor: int = 1000) -> str:
    return f"| {name} | {ours * factor:.0f} | {usual * factor:.0f} | {ours / usual:.3f} |"


def one(bench: Bench, commands: dict[str, list[str]], rounds: int) -> None:
    """The modules as they run on a target, without Ansible."""
    asked = {side: bench.asked(side, command) for side, command in commands.items()}
    if not 0 < asked["ours"] <= MOST_REQUESTS:
        sys.exit(f"{TASKS['ours']} sends {asked['ours']} requests, 1 to {MOST_REQUESTS} expected")
    used: dict[str, list[float]] = {side: [] for side in commands}
    walls: dict[str, list[float]] = {side: [] for side in commands}
    for _ in range(rounds):
        for side, command in commands.items():
            wall, seconds = bench.kept(side, command)
            walls[side].append(wall)
            used[side].append(seconds)
    print("| one template, the module's process alone | ours | usual | part |")
    print("| --- | ---: | ---: | ---: |")
    print(row("process time: ms", *(statistics.median(used[side]) for side in TASKS)))
    print(row("time: ms", *(statistics.median(walls[side]) for side in TASKS)))
    print(row("requests to the API", *(asked[side] for side in TASKS), factor=1))


def ten(bench: Bench, core: str, playbook: str, rounds: int) -> str:
    """Plays with one task that keeps ten templates."""
    used: dict[str, list[float]] = {side: [] for side in TASKS}
    walls: dict[str, list[float]] = {side: [] for side in TASKS}
    times = os.path.join(bench.given.scratch, f"times-{core}")
    for _ in range(rounds):
        for side, name in TASKS.items():
            wall, seconds, text = bench.play(playbook, side, 10, TASK_TIMES=times)
            if "changed=0 " not in text:
                sys.exit(f"{name} has changed something:\n{text}")
            walls[side].append(wall)
            used[side].append(seconds)
    task = medians(times)
    return "\n".join(
        (
            row(f"{core}: the task", *(task[TASKS[side]][0] for side in TASKS)),
            row(f"{core}: the whole play", *(statistics.median(walls[side]) for side in TASKS)),
            row(
                f"{core}: the whole play, process time",
                *(statistics.median(used[side]) for side in TASKS),
            ),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--module", required=True, help="the compiled module")
    parser.add_argument("--python", required=True, help="one that has openstacksdk")
    parser.add_argument("--scratch", required=True, help="a folder for what is needed meanwhile")
    parser.add_argument("--logs", required=True, help="where the services write their logs")
    parser.add_argument("--images", required=True, help="address of node images")
    parser.add_argument("playbooks", nargs="+", metavar="CORE=ANSIBLE_PLAYBOOK")
    bench = Bench(parser.parse_args())
    rounds = bench.given.rounds
    playbooks = dict(item.split("=", 1) for item in bench.given.playbooks)
    newest = list(playbooks.values())[-1]
    for side in ("prepare", "ours"):
        bench.play(newest, side, 10, TASK_TIMES=os.devnull)
    one(bench, bench.commands(newest), rounds)
    plays = max(3, rounds // 3)
    print("\n| ten templates, one task: ms | ours | usual | part |")
    print("| --- | ---: | ---: | ---: |")
    for core, playbook in playbooks.items():
        print(ten(bench, core, playbook, plays))
    print(f"\nMedians of {rounds} rounds, of {plays} for plays. Process time is that of the")
    print("processor, in the system too, of a process and its children.")


if __name__ == "__main__":
    main()
