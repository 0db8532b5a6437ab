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

_NGINX = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; user {user};
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream bots {{ least_conn; {bots} keepalive 64; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://bots; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_connect_timeout 1s; proxy_read_timeout 12s;
      proxy_next_upstream error timeout http_503 non_idempotent; proxy_next_upstream_tries 3;
    }}
  }}
}}
"""


@dataclass(frozen=True)
class Cluster:
    """The servers, to be killed and frozen; `ready` are the bots' health listeners."""

    bots: list[Server]
    postgres: Server
    redis: Server
    database: str
    ready: list[str]


@contextmanager
def cluster(telegram: str, cache: Path, count: int, **more: str) -> Iterator[tuple[Cluster, Callable[[], None]]]:
    """The cluster, and what starts its bots: they call Telegram at once, so it has to be there by then.

    `more` are further settings of every bot.
    """
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        pytest.skip("nginx is not installed (apt install nginx-light)")
    with ExitStack() as stack:
        postgres, database = stack.enter_context(servers.postgres())
        redis, redis_url = stack.enter_context(servers.redis())
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="safar-nginx-")))
        door = servers.free_port()
        bots, ready, lines = [], [], []
        for number in range(count):
            webhook, metrics, data = servers.free_port(), servers.free_port(), folder / f"data-{number}"
            shutil.copytree(cache, data / "cache")
            bot = _bot(f"{telegram}/{number}", data, database, redis_url, door, webhook, metrics)
            bot.environment = {**(bot.environment or {}), **more}
            bots.append(bot)
            ready.append(f"http://127.0.0.1:{metrics}/readyz")
            lines.append(f"server 127.0.0.1:{webhook} max_fails=1 fail_timeout=2s;")
        user = "root" if os.getuid() == 0 else "nobody"
        (folder / "nginx.conf").write_text(
            _NGINX.format(folder=folder, user=user, bots=" ".join(lines), port=door), encoding="utf-8"
        )
        balancer = Server([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/e.log"], door)
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


def _bot(telegram: str, data: Path, database: str, redis_url: str, door: int, webhook: int, metrics: int) -> Server:
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram,
        "DATA_DIR": str(data),
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "SECRET": "a-secret-of-the-tests-0123456789abcdef",
        "WEB_PORT": "0",
        "WEBHOOK_URL": f"http://127.0.0.1:{door}/telegram",
        "WEBHOOK_SECRET": "a-secret-of-the-webhook",
        "WEBHOOK_PORT": str(webhook),
        "METRICS_PORT": str(metrics),
    }
    log = data / "log"
    return Server([sys.executable, "-m", "bot", "run"], metrics, environment=environment, folder=ROOT, log=log)
