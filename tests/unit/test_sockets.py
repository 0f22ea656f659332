"""No test reaches another machine, whichever way it tries; loopback stays open."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

_ELSEWHERE = ("192.0.2.1", 9)  # reserved for documentation: nobody lives there
pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket")


def test_a_stranger_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(SocketConnectBlockedError):
        connection.connect(_ELSEWHERE)


async def test_a_stranger_is_refused_to_asyncio() -> None:
    with pytest.raises(SocketConnectBlockedError):
        await asyncio.open_connection(*_ELSEWHERE)


async def test_a_stranger_is_refused_to_httpx() -> None:
    import httpx

    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.RaisesGroup(SocketConnectBlockedError, flatten_subgroups=True):
            await client.get("http://192.0.2.1:9/")


async def test_a_stranger_is_refused_to_aiohttp() -> None:
    import aiohttp

    async with aiohttp.ClientSession() as session:
        with pytest.raises((SocketConnectBlockedError, aiohttp.ClientConnectionError)):
            await session.get("http://192.0.2.1:9/")


async def test_no_name_is_looked_up() -> None:
    with pytest.raises(SocketBlockedError, match="example"):
        socket.getaddrinfo("news.example", 80)
    with pytest.raises(SocketBlockedError, match="example"):
        await asyncio.open_connection("news.example", 80)
    assert socket.getaddrinfo("127.0.0.1", 80)


async def test_loopback_is_open() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"here")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b"here"
        writer.close()
        await writer.wait_closed()
