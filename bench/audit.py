"""`python -m bench audit [FOLDER]`: which of the locked packages are known to be vulnerable.

Without a folder pip-audit asks PyPI, and where PyPI says nothing, OSV. A folder is a copy of the advisories
(github.com/pypa/advisory-database), and nobody is asked. Ends with 0 where nothing is known, with 1 where something
is, and with 75 where not every package was looked at: that is no good news, only none.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.markers import Marker
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.settings import ROOT

LOCK = ROOT / "requirements.lock"
UNKNOWN = 75  # "try again later", as sendmail says it
SERVICES = (("-s", "pypi"), ("-s", "osv"))
_HOW = (
    "nobody who knows could be asked. Try again with the network, or bring a copy of "
    "github.com/pypa/advisory-database and say: make audit ADVISORIES=its-folder"
)
_MODIFIED = re.compile(r"""^modified: ['"]?(\d{4}-\d\d-\d\d)""", re.MULTILINE)
_PINNED = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)(?: *; *([^\\\n]+))?", re.MULTILINE)


@dataclass(frozen=True)
class Audit:
    """What came of it: which packages were looked at, of which day the knowledge is, and what is known of them."""

    looked_at: int
    of: int
    known: tuple[str, ...]
    until: str = "today"


def main(arguments: Sequence[str]) -> int:
    """The lock of what the bot runs with; what it is tested with meets nobody."""
    audit = by_folder(LOCK, Path(arguments[0])) if arguments else by_network(LOCK)
    return say(audit)


def say(audit: Audit) -> int:
    """The words, and the exit code."""
    for one in audit.known:
        print(one)
    if audit.looked_at:
        print(f"{audit.looked_at} of {audit.of} packages were looked at, by what was known until {audit.until}.")
    if audit.known:
        return 1
    if audit.looked_at < audit.of:
        print(f"{audit.of - audit.looked_at} of {audit.of} packages were NOT audited: {_HOW}")
        return UNKNOWN
    print("None of them is known to be vulnerable.")
    return 0


def pinned(lock: Path, *, only_here: bool = False) -> list[tuple[str, str]]:
    """Each package in a lock with its version, some with two: `only_here` leaves out what other machines get."""
    found = _PINNED.findall(lock.read_text(encoding="utf-8"))
    return [
        (canonicalize_name(name), version)
        for name, version, marker in found
        if not (only_here and marker) or Marker(marker).evaluate()
    ]


def by_network(lock: Path, services: Sequence[Sequence[str]] = SERVICES) -> Audit:
    """What the first service that answers says; pip-audit calls a package clean that the service does not know."""
    best = Audit(0, len(pinned(lock, only_here=True)), ())
    for service in services:
        command = [sys.executable, "-m", "pip_audit", "-f", "json", "--progress-spinner", "off", "--no-deps"]
        command += ["--disable-pip", *service, "-r", str(lock)]
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        try:
            answered = [one for one in json.loads(run.stdout)["dependencies"] if "vulns" in one]
        except (ValueError, KeyError):
            print((run.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1], file=sys.stderr)
            continue
        known = tuple(
            _line(one["name"], one["version"], vuln["id"], vuln.get("aliases", ()), vuln.get("fix_versions", ()))
            for one in answered
            for vuln in one["vulns"]
        )
        audit = Audit(len(answered), best.of, known)
        best = max(best, audit, key=lambda one: one.looked_at)
        if best.looked_at == best.of:
            break
    return best


def by_folder(lock: Path, folder: Path) -> Audit:
    """What the advisories in a folder say; one that was withdrawn says nothing."""
    pins, known, until = pinned(lock), [], ""
    for path in sorted((folder / "vulns").glob("*/*.yaml")):
        name, written = canonicalize_name(path.parent.name), path.read_text(encoding="utf-8")
        until = max(until, *_MODIFIED.findall(written))
        versions = [version for package, version in pins if package == name]
        if not versions:
            continue
        advisory = yaml.load(written, yaml.CBaseLoader)  # all of it as it is written: 3.10 is no number
        if "withdrawn" in advisory:
            continue
        affected = [one for one in advisory["affected"] if canonicalize_name(one["package"]["name"]) == name]
        for version in versions:
            if any(_is_affected(one, version) for one in affected):
                known.append(_line(name, version, advisory["id"], advisory.get("aliases", ()), _mended(affected)))
    return Audit(len(pins) if until else 0, len(pins), tuple(known), until)


def _is_affected(affected: dict[str, Any], version: str) -> bool:
    """Listed by name, or within a range: after where it came in, and before where it was mended."""
    return version in affected.get("versions", ()) or any(
        _is_within(given["events"], Version(version))
        for given in affected.get("ranges", ())
        if given["type"] == "ECOSYSTEM"
    )


def _is_within(events: Sequence[dict[str, str]], version: Version) -> bool:
    is_within = False
    for event in events:
        ((what, at),) = event.items()
        if what == "introduced" and (at == "0" or version >= Version(at)):
            is_within = True
        elif (what == "fixed" and version >= Version(at)) or (what == "last_affected" and version > Version(at)):
            is_within = False
    return is_within


def _mended(affected: Sequence[dict[str, Any]]) -> Iterator[str]:
    ranges = [one for given in affected for one in given.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return (event["fixed"] for one in ranges for event in one["events"] if "fixed" in event)


def _line(name: str, version: str, id: str, aliases: Sequence[str], mended: Sequence[str] | Iterator[str]) -> str:
    also = f" ({', '.join(aliases)})" if aliases else ""
    return f"{name} {version}: {id}{also}, mended in {', '.join(mended) or 'no version yet'}"
