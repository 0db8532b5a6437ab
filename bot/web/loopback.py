"""Only this machine: a page of another site must neither read the local chat nor press anything in it."""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser hides even from us where a form comes from
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def guard(app: web.Application) -> None:
    """Refuse foreign names and origins, and send the headers that keep a browser strict."""
    app.middlewares.append(_refuse_strangers)
    app.on_response_prepare.append(_add_headers)


@web.middleware
async def _refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The Host must be this machine by name (no rebound domain), and whatever acts must come from our own page."""
    if _without_port(request.host) not in _NAMES:
        raise web.HTTPForbidden(text="Open this page by its own address, like http://127.0.0.1:8080/.")
    acts = request.method not in (hdrs.METH_GET, hdrs.METH_HEAD) or hdrs.UPGRADE in request.headers
    if acts and request.headers.get(hdrs.ORIGIN) != f"{request.scheme}://{request.host}":
        raise web.HTTPForbidden(text="Only the page itself may do this.")
    return await handler(request)


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _without_port(host: str) -> str:
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
