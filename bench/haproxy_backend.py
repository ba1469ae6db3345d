#!/usr/bin/env python3
"""Medians of what task_times wrote, and what part of the usual module's time the compiled one takes:
haproxy_backend.py LABEL=FILE..."""

from __future__ import annotations

import sys

from times import medians

PAIRS = {
    "drain": ("haproxy_backend, drain", "community.general.haproxy, drain"),
    "ready": ("haproxy_backend, ready", "community.general.haproxy, enabled"),
    "drain, already so": (
        "haproxy_backend, drain again",
        "community.general.haproxy, drain again",
    ),
}


def main() -> None:
    columns = dict(argument.split("=", 1) for argument in sys.argv[1:])
    tables = {label: medians(path) for label, path in columns.items()}
    print("| state | " + " | ".join(f"{label}: ms | usual: ms | part" for label in tables) + " |")
    print("| --- |" + " ---: | ---: | ---: |" * len(tables))
    for state, (ours, usual) in PAIRS.items():
        cells = []
        for table in tables.values():
            mine, theirs = table[ours][0] * 1000, table[usual][0] * 1000
            cells.append(f"{mine:.0f} | {theirs:.0f} | {mine / theirs:.2f}")
        print(f"| {state} | " + " | ".join(cells) + " |")
    rounds = {count for table in tables.values() for _, count in table.values() if count > 1}
    print(f"\nMedians of {min(rounds, default=1)} rounds.")


if __name__ == "__main__":
    main()
