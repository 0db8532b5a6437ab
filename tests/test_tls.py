"""One TLS context checks every server; what libraries make for themselves trusts nobody."""

import shutil
import ssl
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from aiohttp import web

from bot import tls
from bot.settings import ROOT
from bot.telegram.lean import LeanSession
from bot.telegram.session import open_session

_LEFT = """
import ssl, sys
from bot import lazy
assert lazy.import_aiogram(True)
assert "aiohttp" not in sys.modules
import bot.telegram.formed
from aiohttp import connector
made = connector._SSL_CONTEXT_VERIFIED
assert made.cert_store_stats()["x509"] == 0, "authorities were read"
assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)
assert "set_default_verify_paths" not in vars(ssl.SSLContext)
"""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[tuple[str, Path]]:
    """Something that speaks TLS as localhost, and its own certificate."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)  # noqa: ASYNC221
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def sent(request: web.Request) -> web.Response:
        await request.read()
        message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "-"}
        return web.json_response({"ok": True, "result": message})

    app = web.Application()
    app.router.add_post("/{path:.*}", sent)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0, ssl_context=context).start()
    yield f"https://localhost:{runner.addresses[0][1]}", certificate
    await runner.cleanup()


def test_importing_aiohttp_for_a_form_reads_no_authorities_and_leaves_all_as_it_was() -> None:
    ended = subprocess.run([sys.executable, "-c", _LEFT], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_one_context_checks_certificates_names_and_knows_the_authorities() -> None:
    context = tls.trusted()

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509_ca"] > 50
    assert tls.trusted() is context


def test_what_stands_in_for_a_context_refuses_everybody() -> None:
    context = tls.trusting_nobody(cafile="any")

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.cert_store_stats()["x509"] == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes a certificate, is missing")
async def test_a_file_goes_to_a_server_with_a_trusted_certificate_only(
    server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, certificate = server
    call = SendDocument(chat_id=1, document=BufferedInputFile(b"a", "a.txt"))

    async def send() -> None:
        session: LeanSession = open_session(address, None)
        async with Bot("1:-", session) as bot:
            await session.make_request(bot, call)

    with pytest.raises(TelegramNetworkError, match="CertificateError"):
        await send()
    monkeypatch.setattr("bot.telegram.formed.trusted", lambda: ssl.create_default_context(cafile=certificate))
    await send()


@pytest.mark.parametrize("proxy", [None, "socks5://127.0.0.1:9", "http://127.0.0.1:9"])
async def test_aiohttps_client_checks_by_the_one_context_through_a_proxy_too(proxy: str | None) -> None:
    session = open_session("https://api.telegram.org", proxy)

    client = await (await session.formed()).create_session()

    assert client.connector is not None
    assert vars(client.connector)["_ssl"] is tls.trusted()
    await session.close()
