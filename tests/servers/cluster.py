"""Several bots behind nginx, on one PostgreSQL and one Redis, with the fake Telegram before them; all on loopback."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.fake_telegram.server import TOKEN
from bot.settings import ROOT
from tests import servers
from tests.servers import Server
from tests.servers.network import Network

_OF_THE_TEST = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; user {user};
"""
_FOLDERS = """
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
"""
_SHIPPED = ROOT / "deploy" / "replicas.nginx.conf"
_RESOLVER, _SERVER, _LISTEN = "resolver 127.0.0.11 valid=5s;", "server bot:8443 resolve ", "listen 8443;"


@dataclass(frozen=True)
class Cluster:
    """The servers, to be killed and frozen; `ready` are the bots' health listeners."""

    bots: list[Server]
    postgres: Server
    redis: Server
    database: str
    ready: list[str]


@contextmanager
def cluster(
    telegram: str, cache: Path, count: int, network: Network | None = None, **more: str
) -> Iterator[tuple[Cluster, Callable[[], None]]]:
    """The cluster, and what starts its bots: they call Telegram at once, so it has to be there by then.

    In a network the bots and, behind them, Redis have a namespace each. `more` are further settings of every bot.
    """
    with ExitStack() as stack:
        host = network.host if network else servers.LOOPBACK
        postgres, database = stack.enter_context(servers.postgres(host))
        apart = (network.address(count), network.inside(count)) if network else ()
        redis, redis_url = stack.enter_context(servers.redis(*apart))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="safar-nginx-")))
        door = servers.free_port()
        bots, ready, addresses = [], [], []
        for number in range(count):
            webhook, metrics, data = servers.free_port(), servers.free_port(), folder / f"data-{number}"
            shutil.copytree(cache, data / "cache")
            at = network.address(number) if network else servers.LOOPBACK
            environment = {
                "PATH": os.environ["PATH"],
                "PYTHONFAULTHANDLER": "1",
                "BOT_TOKEN": TOKEN,
                "TELEGRAM_API_BASE": f"{telegram}/{number}",
                "DATA_DIR": str(data),
                "DATABASE_URL": database,
                "REDIS_URL": redis_url,
                "SECRET": "a-secret-of-the-tests-0123456789abcdef",
                "WEB_PORT": "0",
                "WEBHOOK_URL": f"http://127.0.0.1:{door}/telegram",
                "WEBHOOK_SECRET": "a-secret-of-the-webhook",
                "WEBHOOK_HOST": at,
                "WEBHOOK_PORT": str(webhook),
                "METRICS_HOST": at,
                "METRICS_PORT": str(metrics),
                **more,
            }
            command = [*(network.inside(number) if network else ()), sys.executable, "-m", "bot", "run"]
            bots.append(Server(command, metrics, environment=environment, folder=ROOT, log=data / "log", host=at))
            ready.append(f"http://{at}:{metrics}/readyz")
            addresses.append(f"{at}:{webhook}")
        balancer = Server(_nginx(folder, door, addresses), door)
        balancer.start()
        stack.callback(balancer.stop)
        for bot in bots:
            stack.callback(bot.stop)

        def start() -> None:
            for bot in bots:
                bot.begin()
            for bot in bots:
                bot.until_open()

        yield Cluster(bots, postgres, redis, database, ready), start


def _nginx(folder: Path, door: int, bots: list[str]) -> list[str]:
    """nginx with the configuration we ship, but for where it listens, what it writes and how it finds the bots."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("nginx is not installed (apt install nginx-light)")
    words = _SHIPPED.read_text(encoding="utf-8")
    first = words.index(_SERVER)
    line = words[first : words.index(";", first) + 1]
    each = line.replace(_SERVER, "server {} ")
    for ours, theirs in (
        (_RESOLVER, _FOLDERS.format(folder=folder)),
        (line, " ".join(each.format(bot) for bot in bots)),
        (_LISTEN, f"listen 127.0.0.1:{door};"),
    ):
        assert words.count(ours) == 1, ours
        words = words.replace(ours, theirs)
    file = folder / "nginx.conf"
    user = "root" if os.getuid() == 0 else "nobody"
    file.write_text(_OF_THE_TEST.format(folder=folder, user=user) + words, encoding="utf-8")
    return [program, "-p", str(folder), "-c", str(file), "-e", f"{folder}/e.log"]
