"""TLS as this process speaks it: one context, whose authorities are read when the first certificate is to be checked.

aiohttp makes two contexts as it is imported and aiogram one for each session, and each of them reads all authorities:
a fiftieth of a second and some megabytes a time, for a bot that calls Telegram over a wire of its own. Those contexts
are made to trust nobody, so that a call that meets one of them fails and is never unsafe.
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """What servers are checked by: their certificate, and that it names them."""
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def trusting_nobody(**_: object) -> ssl.SSLContext:
    """In the place of a context that is never used: whatever it meets it refuses."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def authorities_unread() -> Iterator[None]:
    """While this lasts, this thread makes its contexts without the authorities of the system; others go on as ever."""
    real, here = ssl.SSLContext.set_default_verify_paths, threading.get_ident()

    def leave(context: ssl.SSLContext) -> None:
        if threading.get_ident() != here:
            real(context)

    ssl.SSLContext.set_default_verify_paths = leave  # type: ignore[method-assign, assignment]  # for a while
    try:
        yield
    finally:
        del ssl.SSLContext.set_default_verify_paths
