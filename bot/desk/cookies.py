"""The two cookies of the desk: the session, which no script can read, and the chosen language."""

from aiohttp import web

SESSION, LANGUAGE = "desk", "desk_language"
_YEAR = 365 * 86400


def session_name(is_public: bool) -> str:
    """Off loopback the name itself makes browsers refuse the cookie over http or from a subdomain."""
    return f"__Host-{SESSION}" if is_public else SESSION


def keep_session(response: web.Response, token: str, is_public: bool) -> web.Response:
    """Give the browser its session; it ends with the browser, or when the desk ends it."""
    name = session_name(is_public)
    response.set_cookie(name, token, httponly=True, samesite="Strict", secure=is_public, path="/")
    return response


def drop_session(response: web.Response, is_public: bool) -> web.Response:
    response.set_cookie(
        session_name(is_public), "", max_age=0, httponly=True, samesite="Strict", secure=is_public, path="/"
    )
    return response


def keep_language(response: web.Response, code: str, is_public: bool) -> web.Response:
    response.set_cookie(LANGUAGE, code, max_age=_YEAR, httponly=True, samesite="Strict", secure=is_public, path="/desk")
    return response
