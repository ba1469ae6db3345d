# Copyright the authors of osa_ops.mcapi_vexxhost
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes what a run did, play by play, as JSON to the file that LAB_REPORT names.

Each play's line also goes to file descriptor 3, where lab/scenario shows it as it happens.
"""

from __future__ import annotations

import json
import os
import time

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: lab_report
type: aggregate
short_description: Seconds and changes of each play
description: Writes them to the file that the environment variable LAB_REPORT names.
requirements: []
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "lab_report"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        self.plays = []

    def v2_playbook_on_play_start(self, play):
        # A serial play starts once for each batch; it is one play all the same.
        name = play.get_name()
        if not self.plays or self.plays[-1]["play"] != name:
            self._end_play()
            self.plays.append({"play": name, "seconds": 0.0, "tasks": 0, "changed": 0, "failed": 0})
            self.started = time.monotonic()

    def v2_runner_on_ok(self, result):
        self._count("tasks")
        if result._result.get("changed"):
            self._count("changed")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if not ignore_errors:
            self._count("failed")

    def v2_runner_on_unreachable(self, result):
        self._count("failed")

    def v2_playbook_on_stats(self, stats):
        self._end_play()
        with open(os.environ["LAB_REPORT"], "w", encoding="utf-8") as report:
            json.dump(self.plays, report, indent=1)

    def _count(self, what):
        if self.plays:
            self.plays[-1][what] += 1

    def _end_play(self):
        if not self.plays:
            return
        play = self.plays[-1]
        play["seconds"] = time.monotonic() - self.started
        line = f"    {play['play']:<58.58} {play['seconds']:6.1f} s  {play['changed']:3} changed\n"
        try:
            os.write(3, line.encode())
        except OSError:
            pass  # nobody listens
