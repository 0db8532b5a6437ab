"""The local chat: a page that behaves like Telegram on a phone, over the real dispatcher; on this machine only.

The page acts by POST and hears by one WebSocket a tab. Server-sent events were considered: browsers allow six
of those connections to a host, and the seventh tab would stand still.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiohttp import WSCloseCode, web

from bot.bot_api import Json
from bot.simulator import NotThereError, World, simulated_bot
from bot.web.acts import BadAct, act
from bot.web.listening import listen
from bot.web.loopback import guard
from bot.web.phones import Visit, Visits, has_file

log = logging.getLogger(__name__)

COOKIE = "safar_chat"
LARGEST_BODY = 32 * 1024
PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SHOWN = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"OggS": "audio/ogg",
    b"ID3": "audio/mpeg",
}

_visits = web.AppKey("visits", Visits)
_world = web.AppKey("world", World)
_sockets: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets", set)
_files = web.AppKey("files", dict[str, bytes])

Prepare = Callable[[Bot], Awaitable[None]]


@asynccontextmanager
async def serve_chat(
    dispatcher: Dispatcher, host: str = "127.0.0.1", port: int = 8080, prepare: Prepare | None = None
) -> AsyncGenerator[str]:
    """Listen while the block runs; gives the page's address. Port 0 takes a free one."""
    async with listen(build_local_chat(dispatcher, prepare), host, port) as address:
        yield address


def build_local_chat(dispatcher: Dispatcher, prepare: Prepare | None = None) -> web.Application:
    """The page for this machine only."""
    app = build_chat_app(dispatcher, prepare)
    guard(app)
    return app


def build_chat_app(dispatcher: Dispatcher, prepare: Prepare | None = None) -> web.Application:
    """The page over a dispatcher; `prepare` is done once with its bot (commands and the like) before anybody comes."""
    world = World()
    bot = simulated_bot(world)
    app = web.Application(client_max_size=LARGEST_BODY)
    app[_world] = world
    app[_visits] = Visits(dispatcher, world, bot)
    app[_sockets] = set()
    app[_files] = {path.name: path.read_bytes() for path in PAGE.iterdir() if path.suffix in _TYPES}
    app.add_routes(
        [
            web.get("/", _open_page),
            web.get("/static/{name}", _give_static),
            web.get("/files/{id}", _give_file),
            web.get("/events", _tell_news),
            web.post("/act", _do_act),
        ]
    )
    app.on_shutdown.append(_hang_up)
    if prepare:
        app.on_startup.append(lambda _: prepare(bot))
    return app


async def _open_page(request: web.Request) -> web.Response:
    response = web.Response(body=request.app[_files]["index.html"], content_type="text/html", charset="utf-8")
    visits = request.app[_visits]
    if visits.find(request.cookies.get(COOKIE)) is None:
        response.set_cookie(COOKIE, visits.begin().id, httponly=True, samesite="Strict", path=request.path)
    return response


async def _give_static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in request.app[_files]:
        raise web.HTTPNotFound
    return web.Response(body=request.app[_files][name], content_type=_TYPES[Path(name).suffix], charset="utf-8")


async def _give_file(request: web.Request) -> web.Response:
    """A file the bot sent to this browser; pictures and sounds are shown, all else is only saved."""
    visit, file_id = _visit(request), request.match_info["id"]
    file = request.app[_world].files.get(file_id)
    if file is None or not has_file(visit, file_id):
        raise web.HTTPNotFound
    kind = next((kind for start, kind in _SHOWN.items() if file.content.startswith(start)), None)
    response = web.Response(body=file.content, content_type=kind or "application/octet-stream")
    if kind is None:
        response.headers["Content-Disposition"] = "attachment"
    return response


async def _do_act(request: web.Request) -> web.Response:
    visit = _visit(request)
    body = await _body(request)
    number = body.get("phone")
    if number not in (0, 1) or isinstance(number, bool):
        raise web.HTTPBadRequest(text="Which phone, 0 or 1?")
    if body.get("act") == "start_over":
        request.app[_visits].start_over(visit, number)
        return web.json_response({})
    phone = visit.phones[number]
    async with phone.lock:
        try:
            await act(phone.chat, body)
        except BadAct as error:
            return web.json_response({"error": str(error)}, status=400)
        except NotThereError:
            return web.json_response({"error": "This is not on the screen any more."}, status=409)
        except Exception:
            log.error("the bot could not answer in the local chat", exc_info=True)
            return web.json_response({"error": "The bot failed; the log says why."}, status=500)
    return web.json_response({"is_waiting": phone.chat.is_waiting})


async def _tell_news(request: web.Request) -> web.WebSocketResponse:
    """Everything that happens, from the revision the page knows; after a restart the page begins anew."""
    socket = web.WebSocketResponse(heartbeat=30, max_msg_size=1024)
    await socket.prepare(request)
    visits = request.app[_visits]
    visit = visits.find(request.cookies.get(COOKIE))
    if visit is None:
        await socket.send_json({"reload": True})
        await socket.close()
        return socket
    known = request.query.get("since", "")
    since = int(known) if known.isdecimal() and request.query.get("epoch") == visits.epoch else None
    request.app[_sockets].add(socket)
    tab = asyncio.Event()
    visit.tabs.add(tab)
    listening = asyncio.create_task(_listen(socket, tab))
    try:
        while not socket.closed:
            tab.clear()
            news = visits.news(visit, since)
            await socket.send_json(news)
            since = news["revision"]
            await tab.wait()
    except ConnectionResetError:
        pass
    finally:
        visit.tabs.discard(tab)
        request.app[_sockets].discard(socket)
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
    return socket


async def _listen(socket: web.WebSocketResponse, tab: asyncio.Event) -> None:
    """A page says nothing here; the end of its words is the end of the tab."""
    async for _ in socket:
        pass
    tab.set()


async def _hang_up(app: web.Application) -> None:
    for socket in [*app[_sockets]]:
        await socket.close(code=WSCloseCode.GOING_AWAY)


async def _body(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send application/json.")
    try:
        body = json.loads(await request.text())
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="This is not JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Send a JSON object.")
    return body


def _visit(request: web.Request) -> Visit:
    visit = request.app[_visits].find(request.cookies.get(COOKIE))
    if visit is None:
        raise web.HTTPUnauthorized(text="This conversation is over; load the page again.")
    return visit
