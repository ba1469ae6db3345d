"""Reads what the callback plugin task_times wrote."""

from __future__ import annotations

import json
import statistics


def medians(path: str) -> dict[str, tuple[float, int]]:
    """Seconds of each task and how many runs they are the median of."""
    seconds: dict[str, list[float]] = {}
    with open(path, encoding="utf-8") as file:
        for line in map(json.loads, file):
            name = line["task"].rpartition(" : ")[2]
            seconds.setdefault(name, []).append(line["seconds"])
    return {name: (statistics.median(all_), len(all_)) for name, all_ in seconds.items()}
