#!/usr/bin/env python3
"""Medians of what task_times wrote, as a table: action_plugin.py LABEL=FILE..."""

from __future__ import annotations

import sys

from times import medians

UNIT = "ansible.builtin.ping"
UNTIMED = (
    "Make a kubeconfig to look at",
    "Measure",
    "Remove the kept copies",
    "Remove what was made",
)


def main() -> None:
    columns = [argument.split("=", 1) for argument in sys.argv[1:]]
    tables = {label: medians(path) for label, path in columns}
    print("| task | " + " | ".join(f"{label}: ms | to ping" for label in tables) + " |")
    print("| --- |" + " ---: | ---: |" * len(tables))
    for task in next(iter(tables.values())):
        if task in UNTIMED:
            continue
        cells = []
        for table in tables.values():
            median, unit = table[task][0], table[UNIT][0]
            cells.append(f"{median * 1000:.0f} | {median / unit:.2f}")
        print(f"| {task} | " + " | ".join(cells) + " |")
    rounds = {table[UNIT][1] for table in tables.values()}
    print(f"\nMedians of {min(rounds)} rounds.")


if __name__ == "__main__":
    main()
