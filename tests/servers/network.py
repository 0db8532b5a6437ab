"""Network namespaces: each bot on a machine of its own, as it were, whose cable can be pulled; as root alone."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Network:
    """A bridge on this machine, and on it one namespace for each bot and the last for Redis."""

    mark: int
    count: int

    @property
    def host(self) -> str:
        """The address of this machine on the bridge."""
        return f"10.213.{self.mark % 250}.1"

    def address(self, number: int) -> str:
        """The address of one namespace."""
        return f"10.213.{self.mark % 250}.{10 + number}"

    def inside(self, number: int) -> list[str]:
        """What stands before a command that runs in a namespace."""
        return ["ip", "netns", "exec", self._name(number)]

    def cut(self, number: int) -> None:
        """Pull the cable: what is sent is lost without a word."""
        _run("bridge", "link", "set", "dev", self._name(number), "state", "0")

    def mend(self, number: int) -> None:
        """Plug it in again."""
        _run("bridge", "link", "set", "dev", self._name(number), "state", "3")

    def part(self, number: int, from_number: int) -> None:
        """Cut one off from another alone."""
        _ip("-n", self._name(number), "route", "add", "blackhole", f"{self.address(from_number)}/32")

    def join(self, number: int, with_number: int) -> None:
        """Let it reach the other again."""
        _ip("-n", self._name(number), "route", "del", "blackhole", f"{self.address(with_number)}/32")

    @property
    def _bridge(self) -> str:
        return f"sf{self.mark}"

    def _name(self, number: int) -> str:
        return f"sf{self.mark}n{number}"

    def lay(self) -> None:
        """Make everything."""
        _ip("link", "add", self._bridge, "type", "bridge")
        _ip("addr", "add", f"{self.host}/24", "dev", self._bridge)
        _ip("link", "set", self._bridge, "up")
        for number in range(self.count):
            name = self._name(number)
            _ip("netns", "add", name)
            _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", name, "master", self._bridge, "up")
            _ip("-n", name, "addr", "add", f"{self.address(number)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "link", "set", "lo", "up")

    def remove(self) -> None:
        """Take everything away, also what is there in part."""
        for number in range(self.count):
            subprocess.run(["ip", "link", "del", self._name(number)], check=False, capture_output=True)
            subprocess.run(["ip", "netns", "del", self._name(number)], check=False, capture_output=True)
        subprocess.run(["ip", "link", "del", self._bridge], check=False, capture_output=True)


@contextmanager
def network(count: int) -> Iterator[Network]:
    """So many namespaces; skipped where this machine does not let us make any."""
    if os.getuid() != 0 or shutil.which("ip") is None:
        pytest.skip("network namespaces need root and iproute2 (apt install iproute2)")
    found = Network(os.getpid() % 100_000, count)
    try:
        try:
            found.lay()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"this machine makes no network namespaces ({error.stderr.decode().strip()})")
        yield found
    finally:
        found.remove()


def _ip(*words: str) -> None:
    _run("ip", *words)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
