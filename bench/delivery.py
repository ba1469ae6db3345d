#!/usr/bin/env python3
"""Sums of medians of what task_times wrote, as a table: delivery.py CORE:DESTINATIONS=FILE..."""

from __future__ import annotations

import sys

from times import medians

OLD = ("slurp", "file", "copy")
OURS = ("kubeconfig, read", "kubeconfig, write")


def main() -> None:
    print("| ansible-core | destinations | | slurp, file, copy: ms | kubeconfig: ms | ratio |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    rounds = set()
    for argument in sys.argv[1:]:
        label, path = argument.split("=", 1)
        core, destinations = label.split(":")
        table = medians(path)
        for kind in ("new", "unchanged"):
            old, ours = (
                sum(table[f"{kind}: {task}"][0] for task in tasks) * 1000 for tasks in (OLD, OURS)
            )
            ratio = ours / old
            print(f"| {core} | {destinations} | {kind} | {old:.0f} | {ours:.0f} | {ratio:.2f} |")
        rounds.add(table["new: slurp"][1])
    print(f"\nSums of medians of {min(rounds)} rounds.")


if __name__ == "__main__":
    main()
