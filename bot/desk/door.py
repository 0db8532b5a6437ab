"""The way into every page: host, origin, session, token and role are looked at before anything is done."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware
from aiohttp.web import FileField

from bot.desk.cookies import LANGUAGE, session_name
from bot.desk.visit import HERE, LANGUAGES, Desk, Page, Refused, Visit
from bot.locales import Language

log = logging.getLogger(__name__)

LARGEST_BODY = 6 * 1024 * 1024
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self';"
    " frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser hides even from us where a form comes from
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_CHAT = "/desk/chat/"
_FRAMED = ("/desk/preview", _CHAT)  # shown inside of the desk's own pages


def open_doors(app: web.Application, desk: Desk, pages: Sequence[Page], threads: Executor) -> None:
    """Route every page through the door, and the few static files beside it."""
    static = {path.name: path.read_bytes() for path in (HERE / "static").iterdir() if path.suffix in _TYPES}

    async def give(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in static:
            raise web.HTTPNotFound
        kind = _TYPES["." + name.rpartition(".")[2]]
        return web.Response(body=static[name], content_type=kind, charset="utf-8")

    app.middlewares.append(_same_house(desk))
    app.middlewares.append(_staff_only(desk, threads))
    app.on_response_prepare.append(_headers(desk))
    app.router.add_get("/static/{name}", give)
    for page in pages:
        app.router.add_route(page.method, page.path, _through(desk, page, threads))


def _through(desk: Desk, page: Page, threads: Executor) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        form = await _form(request) if request.method == hdrs.METH_POST else {}
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, _answer, desk, page, request, form)
        finally:
            for value in (one for values in form.values() for one in values if isinstance(one, FileField)):
                value.file.close()

    return handle


def _answer(desk: Desk, page: Page, request: web.Request, form: Mapping[str, list[str | FileField]]) -> web.Response:
    """In a thread of the desk: who is it, may they, then do it."""
    visit = _visit(desk, request, form)
    if page.roles and visit.session is None:
        return visit.page("stranger.html", status=401)
    if request.method == hdrs.METH_POST and visit.session:
        given = visit.form.get("csrf", "")
        if not hmac.compare_digest(given.encode(), visit.session.csrf.encode()):
            return _refusal(
                visit, visit.say("This page was open for too long. Go back, load it again and repeat."), 403
            )
    if page.roles and not visit.may(page.roles):
        return _refusal(visit, visit.say("Your role does not allow this."), 403)
    try:
        return page.act(visit)
    except Refused as refused:
        return _refusal(visit, str(refused), refused.status)
    except web.HTTPException as error:
        return _refusal(visit, visit.say("There is nothing here."), error.status)
    except Exception:
        log.error("a page of the desk broke", exc_info=True)
        return _refusal(visit, visit.say("Something broke on our side. Nothing was changed. The log says why."), 500)


def _refusal(visit: Visit, message: str, status: int) -> web.Response:
    return visit.page("refused.html", status=status, message=message)


def _visit(desk: Desk, request: web.Request, form: Mapping[str, list[str | FileField]]) -> Visit:
    token = request.cookies.get(session_name(bool(desk.origin)), "")
    session = desk.staff.session(token) if token else None
    texts = {name: [one for one in values if isinstance(one, str)] for name, values in form.items()}
    files = {name: one for name, values in form.items() for one in values if isinstance(one, FileField)}
    visit = Visit(desk, session, _language(desk, request), request.path, dict(request.query))
    firsts = {name: values[0] for name, values in texts.items() if values}
    client = _client(request.headers.get(hdrs.USER_AGENT, ""))
    return replace(visit, form=firsts, lists=texts, files=files, client=client)


def _language(desk: Desk, request: web.Request) -> Language:
    chosen = request.cookies.get(LANGUAGE, "")
    wanted = [chosen, *(one[:2] for one in request.headers.get(hdrs.ACCEPT_LANGUAGE, "").lower().split(","))]
    return desk.phrases[next((code for code in wanted if code in LANGUAGES), LANGUAGES[0])]


def _client(agent: str) -> str:
    """What a browser calls itself, in a word or two, so that an owner finds the lost phone in the list."""
    system = next(
        (name for name in ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux") if name in agent), ""
    )
    browser = next((name for name in ("Firefox", "YaBrowser", "OPR", "Edg", "Chrome", "Safari") if name in agent), "")
    return f"{browser} {system}".strip() or "?"


async def _form(request: web.Request) -> dict[str, list[str | FileField]]:
    """The fields of a form; line ends as ours, no control characters."""
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise web.HTTPUnsupportedMediaType
    fields: dict[str, list[str | FileField]] = {}
    try:
        posted = await request.clone(client_max_size=LARGEST_BODY).post()  # the house around has a smaller limit
    except ValueError:
        raise web.HTTPBadRequest from None
    for name, value in posted.items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(plain(value))
        elif isinstance(value, FileField):
            fields.setdefault(name, []).append(value)
    return fields


def plain(text: str) -> str:
    """What was typed or pasted, without what cannot be seen: control characters, marks of direction, odd spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u2028", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or (sign.isprintable() and sign not in _HIDDEN))


_HIDDEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def _same_house(desk: Desk) -> Middleware:
    @web.middleware
    async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
        """The Host must be our own name, and whatever changes something must come from our own page."""
        own = desk.origin or f"{request.scheme}://{request.host}"
        name = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
        is_ours = f"https://{request.host}" == desk.origin if desk.origin else name in _NAMES
        if not is_ours:
            raise web.HTTPForbidden(text="Open the desk by its own address.")
        is_safe = request.method in (hdrs.METH_GET, hdrs.METH_HEAD) and hdrs.UPGRADE not in request.headers
        foreign = request.headers.get(hdrs.ORIGIN) != own
        if not is_safe and (foreign or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"):
            raise web.HTTPForbidden(text="Only the desk's own pages may do this.")
        return await handler(request)

    return refuse_strangers


def _staff_only(desk: Desk, threads: Executor) -> Middleware:
    @web.middleware
    async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
        """The chat inside of the desk is no page of ours, but just as little for strangers."""
        if request.path.startswith(_CHAT):
            token = request.cookies.get(session_name(bool(desk.origin)), "")
            loop = asyncio.get_running_loop()
            if not token or not await loop.run_in_executor(threads, desk.staff.session, token):
                raise web.HTTPUnauthorized(text="Sign in to the desk first.")
        return await handler(request)

    return refuse_strangers


def _headers(desk: Desk) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    async def add(request: web.Request, response: web.StreamResponse) -> None:
        is_framed = request.path.startswith(_FRAMED)
        response.headers["Content-Security-Policy"] = _POLICY.format(frames="'self'" if is_framed else "'none'")
        response.headers["X-Frame-Options"] = "SAMEORIGIN" if is_framed else "DENY"
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if desk.origin:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"

    return add
