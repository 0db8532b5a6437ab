"""The audit tells what is vulnerable from what is clean, and both from what nobody could be asked about."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bench.audit import LOCK, UNKNOWN, by_folder, by_network, main, pinned, say

ADVISORY = """\
id: {id}
modified: 2026-0{month}-01T00:00:00Z
{more}
aliases: [CVE-1-{id}]
affected:
- package: {{ecosystem: PyPI, name: {name}}}
  ranges:
  - {{type: GIT, events: [{{introduced: "0"}}]}}
  - {{type: ECOSYSTEM, events: [{events}]}}
  versions: [{versions}]
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "a.lock"
    path.write_text(
        "aiohttp==3.9.1 \\\n    --hash=sha256:0\n"
        "PyYAML==6.0.3 ; python_version > '3' \\\n    --hash=sha256:1\n"
        "PyYAML==5.0 ; python_version < '3' \\\n    --hash=sha256:2\n",
        encoding="utf-8",
    )
    return path


def known(lock: Path, folder: Path, name: str, events: str, versions: str = "", more: str = "") -> tuple[str, ...]:
    """What is found by one advisory."""
    path = folder / "vulns" / name / "PYSEC-1.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    filled = ADVISORY.format(id="PYSEC-1", month=3, name=name, events=events, versions=versions, more=more)
    path.write_text(filled, encoding="utf-8")
    return by_folder(lock, folder).known


@pytest.mark.parametrize(("events", "is_known"), [
    ('{introduced: "0"}', True), ("{introduced: 3.9.1}", True), ("{introduced: 3.10.0}", False),
    ('{introduced: "0"}, {fixed: 3.9.2}', True), ('{introduced: "0"}, {fixed: 3.9.1}', False),
    ('{introduced: "0"}, {last_affected: 3.9.1}', True), ('{introduced: "0"}, {last_affected: 3.9.0}', False),
    ('{introduced: "0"}, {fixed: "1.0"}, {introduced: "3.0"}, {fixed: "4.0"}', True), ("", False),
])  # fmt: skip
def test_a_version_is_affected_from_where_it_came_in_until_it_was_mended(
    lock: Path, tmp_path: Path, events: str, is_known: bool
) -> None:
    assert bool(known(lock, tmp_path, "aiohttp", events)) == is_known


def test_a_version_that_is_listed_is_affected_and_a_withdrawn_advisory_and_another_package_are_not(
    lock: Path, tmp_path: Path
) -> None:
    assert known(lock, tmp_path, "aiohttp", "{introduced: 9}, {fixed: 9.1}", versions='"3.9.1"') == (
        "aiohttp 3.9.1: PYSEC-1 (CVE-1-PYSEC-1), mended in 9.1",
    )
    assert not known(lock, tmp_path, "aiohttp", '{introduced: "0"}', more="withdrawn: 2026-01-01T00:00:00Z")
    assert not known(lock, tmp_path, "django", '{introduced: "0"}')
    assert len(known(lock, tmp_path, "pyyaml", '{introduced: "0"}')) == 2


def test_a_copy_says_of_which_day_it_is_and_an_empty_folder_that_nothing_was_audited(
    lock: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known(lock, tmp_path, "aiohttp", "")
    assert say(by_folder(lock, tmp_path)) == 0
    assert "until 2026-03-01" in capsys.readouterr().out

    assert main([str(tmp_path / "nowhere")]) == UNKNOWN
    count = len(pinned(LOCK))
    assert count > len(pinned(LOCK, only_here=True)) > 40
    assert f"{count} of {count} packages were NOT audited" in capsys.readouterr().out


class _Osv(BaseHTTPRequestHandler):
    """Knows of one weakness in aiohttp."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = {"id": "PYSEC-7", "summary": "x", "affected": [], "aliases": ["CVE-7"]}
        found = {"vulns": [weak]} if asked["package"]["name"] == "aiohttp" else {}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def osv() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Osv)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_a_service_knows_counts_and_where_none_answers_nothing_was_audited(
    lock: Path, osv: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = ("-s", "osv", "--osv-url", "http://127.0.0.1:1/")
    asked = ("-s", "osv", "--osv-url", osv)

    assert say(by_network(lock, [gone])) == UNKNOWN
    assert "2 of 2 packages were NOT audited" in capsys.readouterr().out
    assert say(by_network(lock, [gone, asked])) == 1
    assert "aiohttp 3.9.1: PYSEC-7 (CVE-7), mended in no version yet" in capsys.readouterr().out
    lock.write_text("PyYAML==6.0.3\n", encoding="utf-8")
    assert say(by_network(lock, [asked])) == 0
