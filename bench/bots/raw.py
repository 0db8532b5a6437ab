"""No library at all: parse an update, reply, over a few connections. What Python and a socket can do."""

import asyncio
import json
import os
from typing import Any
from urllib.parse import urlsplit

BASE = urlsplit(os.environ["TELEGRAM_API_BASE"])
TOKEN = os.environ["BOT_TOKEN"]
HANDS = 16


async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the server."""
    return await asyncio.open_connection(BASE.hostname, BASE.port)


async def call(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str, params: dict[str, object]
) -> Any:
    """One call, one answer."""
    body = json.dumps(params).encode()
    head = f"POST /bot{TOKEN}/{method} HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
    writer.write(head.encode() + b"%d\r\n\r\n" % len(body) + body)
    return json.loads(await body_of(reader))["result"]


async def body_of(reader: asyncio.StreamReader) -> bytes:
    """The body of a message with a length."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    return await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))


async def hand(updates: "asyncio.Queue[Any]") -> None:
    """Answer what comes."""
    reader, writer = await connect()
    while True:
        message = (await updates.get())["message"]
        await call(reader, writer, "sendMessage", {"chat_id": message["chat"]["id"], "text": message["text"]})


async def hook(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each update of a connection with the message itself."""
    while True:
        message = json.loads(await body_of(reader))["message"]
        reply = {"method": "sendMessage", "chat_id": message["chat"]["id"], "text": message["text"]}
        body = json.dumps(reply).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        writer.write(head + b"%d\r\n\r\n" % len(body) + body)


async def main() -> None:
    """By polling or by webhook."""
    if os.environ["BENCH_MODE"] == "webhook":
        server = await asyncio.start_server(hook, "127.0.0.1", int(os.environ["BENCH_PORT"]))
        await server.serve_forever()
    updates: asyncio.Queue[Any] = asyncio.Queue(200)
    hands = [asyncio.create_task(hand(updates)) for _ in range(HANDS)]
    reader, writer = await connect()
    offset = 0
    while hands:
        for update in await call(reader, writer, "getUpdates", {"offset": offset, "timeout": 30, "limit": 100}):
            await updates.put(update)
            offset = update["update_id"] + 1


asyncio.run(main())
