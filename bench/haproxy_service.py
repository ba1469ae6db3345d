#!/usr/bin/env python3
"""Medians of what task_times wrote, and what part of the time of template and assemble the compiled
module takes: haproxy_service.py CORE=FILE..."""

from __future__ import annotations

import sys

from times import medians


def main() -> None:
    columns = ["ansible-core", "haproxy_service: ms", "template: ms", "assemble: ms"]
    print("| " + " | ".join([*columns, "part of both", "of template alone"]) + " |")
    print("| --- |" + " ---: |" * 5)
    for argument in sys.argv[1:]:
        core, path = argument.split("=", 1)
        table = medians(path)
        names = ("haproxy_service", "template", "assemble")
        ours, template, assemble = (table[f"{name}, unchanged"][0] * 1000 for name in names)
        parts = (ours / (template + assemble), ours / template)
        milliseconds = " | ".join(f"{value:.0f}" for value in (ours, template, assemble))
        print(f"| {core} | {milliseconds} | " + " | ".join(f"{part:.2f}" for part in parts) + " |")
        rounds = table["template, unchanged"][1]
    print(f"\nMedians of {rounds} rounds.")


if __name__ == "__main__":
    main()
