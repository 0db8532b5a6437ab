"""Real servers of the tests' own, on loopback, in folders that go with them; skipped only where they are missing."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_SECONDS = 60.0
LOOPBACK = "127.0.0.1"
_PORTS = range(15_000, 32_000)


class Server:
    """One program, started, killed, frozen and started anew on the same port."""

    def __init__(
        self,
        command: list[str],
        port: int,
        user: str | None = None,
        *,
        environment: dict[str, str] | None = None,
        folder: Path = Path("/"),
        log: Path = Path(os.devnull),
        host: str = LOOPBACK,
    ) -> None:
        self.command, self.port, self.user, self.host = command, port, user, host
        self.environment, self.folder, self.log = environment, folder, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until somebody listens."""
        self.begin()
        self.until_open()

    def begin(self) -> None:
        """Start it."""
        user, group = _user(self.user)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, user=user, group=group, env=self.environment, cwd=self.folder,
                extra_groups=[] if user is not None else None,
            )  # fmt: skip

    def until_open(self) -> None:
        """Wait until somebody listens."""
        assert self.process is not None
        until = time.monotonic() + _SECONDS
        while not is_open(self.port, self.host):
            assert self.process.poll() is None, f"{self.command[0]} ended at once: {self._said()}"
            assert time.monotonic() < until, f"{self.command[0]} does not listen"
            time.sleep(0.02)

    @property
    def pid(self) -> int:
        """Its process."""
        assert self.process is not None
        return self.process.pid

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.is_file() else ""

    def signal(self, number: int) -> None:
        """Send it a signal; SIGKILL and the like are waited for by `ended`."""
        assert self.process is not None
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait for its end."""
        assert self.process is not None
        return self.process.wait(_SECONDS)

    def stop(self) -> None:
        """End it, whatever state it is in."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.kill()
        self.process.wait(_SECONDS)


def free_port() -> int:
    """A port nobody listens on, below those of outgoing connections, which could take it before a new start."""
    while True:
        port = secrets.choice(_PORTS)
        with suppress(OSError), socket.socket() as one:
            one.bind((LOOPBACK, port))
            return port


def is_open(port: int, host: str = LOOPBACK) -> bool:
    """Whether somebody listens on this port."""
    with suppress(OSError), socket.create_connection((host, port), 0.2):
        return True
    return False


@contextmanager
def postgres(host: str = LOOPBACK) -> Iterator[tuple[Server, str]]:
    """PostgreSQL and its URL; never as root, which it refuses."""
    if not _POSTGRES:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    bin, port = _POSTGRES[-1], free_port()
    user = "postgres" if os.getuid() == 0 else None
    with TemporaryDirectory(prefix="safar-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(mode=0o700)
        uid, gid = _user(user)
        if uid is not None and gid is not None:
            os.chown(data, uid, gid)
        subprocess.run(
            [bin / "initdb", "-D", data, "-U", "safar", "-A", "trust", "-N", "-E", "UTF8", "--no-locale"],
            check=True, stdout=subprocess.DEVNULL, user=uid, group=gid, cwd="/",
        )  # fmt: skip
        if host != LOOPBACK:
            with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
                rules.write("host all all samenet trust\n")
        command = [str(bin / "postgres"), "-D", str(data), "-p", str(port), "-h", host, "-k", ""]
        server = Server([*command, "-c", "max_connections=50"], port, user, host=host)
        url = f"postgresql://safar@{host}:{port}/postgres"
        server.start()
        try:
            until_answers(url)
            yield server, url
        finally:
            server.stop()


def until_answers(url: str) -> None:
    """Wait until PostgreSQL, which listens before it is ready, takes a connection."""
    until = time.monotonic() + _SECONDS
    while True:
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        assert time.monotonic() < until, "PostgreSQL does not answer"
        time.sleep(0.05)


@contextmanager
def redis(host: str = LOOPBACK, inside: Sequence[str] = ()) -> Iterator[tuple[Server, str]]:
    """Redis and its URL; it writes nothing to disk."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed (apt install redis-server)")
    port = free_port()
    command = [*inside, program, "--port", str(port), "--bind", host, "--save", "", "--appendonly", "no"]
    server = Server([*command, "--protected-mode", "no"], port, host=host)
    server.start()
    try:
        yield server, f"redis://{host}:{port}/0"
    finally:
        server.stop()


def _user(name: str | None) -> tuple[int | None, int | None]:
    if name is None:
        return None, None
    found = pwd.getpwnam(name)
    return found.pw_uid, found.pw_gid
