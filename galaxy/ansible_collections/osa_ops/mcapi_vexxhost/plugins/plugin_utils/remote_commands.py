# Copied by `mcapi generate` from collection-template. Do not edit.
# Copyright the authors of osa_ops.mcapi_vexxhost.
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that run a module on the target from its kept copy.

The copy is named by its SHA-256 and lies in a folder that only its user may enter. The folder is
opened once, as descriptor 9, and everything afterwards goes through that: what is looked at is what
is run, whatever happens to the path meanwhile. Sum, owner and mode are looked at before every run.

POSIX sh with the tools of coreutils or busybox. One line, since sudo and -vvv show it as it is, and
without single quotes, which every shell that Ansible puts around it would multiply.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .builds import Build

FOLDER = "/proc/self/fd/9"
"""The folder of the copies, as the commands see it."""

KEPT = 3
"""Copies of a module that stay when another is installed."""

# 41c0 is a folder with mode 0700, 8140 a regular file with mode 0500.
_PROLOGUE = """
n={name}; u=$(id -u); m=$(uname -m); q={folder};
case $m in {sums} *) s=none;; esac; f=$q/$n-$s;
sound() {{ set -- $(stat -c %u:%f $q/. $f 2>/dev/null) && [ "$*" = "$u:41c0 $u:8140" ] &&
set -- $(sha256sum $f) && [ "$1" = $s ]; }};
try() {{ sound || return 0; {environment} $f -; exit $?; }};
"""

# Unread input would break the pipe of whoever still writes it, so it is read and dropped.
_RUN = """
for p in {places}; do d=$p/.mcapi-modules-$u; case $d in /*)
[ ! -d "$d" ] || [ ! -O "$d" ] || try 9<"$d";; esac; done;
cat >/dev/null; echo "mcapi: absent $m"; exit 97
"""

# The module runs once without arguments, which fails without doing anything, to see whether the
# file system, the loader and the C library let it start. A kept copy that is running may be pruned:
# its process keeps the file.
_INSTALL = """
end() {{ cat >/dev/null; echo "mcapi: $*"; exit 98; }};
for c in stat sha256sum dd mktemp; do command -v $c >/dev/null || end lacks $c; done;
[ -d /proc/self/fd ] || end lacks /proc;
p={place}; d=$p/.mcapi-modules-$u; {condition} [ "${{d#/}}" != "$d" ] || end refused no home;
[ ! -h "$d" ] || end refused "$d is a symbolic link";
install() ( [ "$(stat -c %u $q/.)" = $u ] || {{ echo "$d belongs to another user"; exit 1; }};
chmod u=rwx,go=,ug-s $q/. && t=$(mktemp $q/.new-XXXXXXXX) || exit;
drop() {{ rm -f $t; echo "$*"; exit 1; }}; trap drop HUP INT TERM;
dd bs={size} count=1 iflag=fullblock status=none of=$t || drop;
set -- $(sha256sum $t); [ "$1" = $s ] || drop the module arrived incomplete;
chmod 500 $t && e=$({{ $t </dev/null >/dev/null; }} 2>&1);
[ $? -lt 126 ] || drop "the module does not start there: $e";
mv -f $t $f || drop;
ls -tu $q/$n-* | tail -n +{first_pruned} | while read -r o; do rm -f $o; done;
find $q/. -name ".new-*" -mmin +60 -exec rm -f {{}} + );
e=$(umask 077; [ -d "$d" ] || mkdir -p "$d" 2>&1) || end refused "$e";
e=$(umask 077; install 2>&1 9<"$d") || end refused "$e";
try 9<"$d"; end refused "the copy is not what was installed"
"""

_REPLY = re.compile(r"^mcapi: (absent|lacks|refused) (.*)\Z", re.MULTILINE | re.DOTALL)


class Place(NamedTuple):
    """A folder of the target that may hold copies."""

    path: str
    may_be_made: bool = False


class Reply(NamedTuple):
    """Why no module ran: `absent` MACHINE, `lacks` TOOL, `refused` REASON."""

    word: str
    text: str


class Commands:
    """The commands for one module and one task."""

    def __init__(self, name: str, builds: dict[str, Build], environment: str, places: list[Place]):
        self._prologue = _one_line(_PROLOGUE).format(
            name=name,
            folder=FOLDER,
            sums=" ".join(f"{machine}) s={build.sum};;" for machine, build in builds.items()),
            environment=environment,
        )
        self._places = places

    def run(self) -> str:
        """Runs the copy, its arguments on stdin. Replies `absent` if no place has a sound one."""
        places = " ".join(_word(place.path) for place in self._places)
        return self._prologue + _one_line(_RUN).format(places=places)

    def install(self, place: Place, build: Build) -> str:
        """Makes a copy of the build from stdin, then runs it with the rest of stdin."""
        condition = "" if place.may_be_made else '[ -d "$p" ] || end refused "no such folder";'
        return self._prologue + _one_line(_INSTALL).format(
            place=_word(place.path),
            condition=condition,
            size=len(build.content),
            first_pruned=KEPT + 1,
        )


def reply(result: dict) -> Reply | None:
    """What the command said in place of a module's result."""
    found = _REPLY.search(result["stdout"]) if result["rc"] in (97, 98) else None
    if found is None:
        return None
    return Reply(found.group(1), found.group(2).strip().replace(FOLDER + "/", ""))


def _one_line(script: str) -> str:
    return script.strip().replace("\n", " ") + " "


def _word(path: str) -> str:
    """A path for the shell: `~`, `~user` and `$NAME` are the target's to expand, as Ansible has it."""
    home, rest = re.match(r"(~[\w.-]*(?:/|\Z))?(.*)\Z", path, re.DOTALL).groups()
    quoted = re.sub(r'["\\`]|\$(?![A-Za-z_{])', r"\\\g<0>", rest)
    return f'{home or ""}"{quoted}"'  # in quotes the tilde would stay one
