"""The HTTP server under the pages, with the limits that keep it up: waitress."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nianbao.app.outcome import Usage

if TYPE_CHECKING:
    from nianbao.web.connection import Connection

ARRIVAL = 30  # seconds in which a request has to be there


_REFUSED = {  # what the system says, and what it means
    errno.EADDRINUSE: "端口 {port} 已被别的程序占用，请换一个，或不写 --port",
    errno.EACCES: "端口 {port} 系统不让用，请换一个 1024 以上的，或不写 --port",
    errno.EADDRNOTAVAIL: "这台计算机没有 {address} 这个地址，请核对 --listen",
}
_UNKNOWN = "在 {address} 的端口 {port} 上不能提供服务（系统错误号 {error.errno}），请换一个，或不写 --port"


def bound(address: str, port: int) -> socket.socket:
    """A socket at an address of IPv4 or IPv6; raises Usage where it cannot be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs listen
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        told = _REFUSED.get(error.errno or 0, _UNKNOWN)
        raise Usage(told.format(address=address, port=port, error=error)) from None
    return listener


@contextmanager
def serving(listener: socket.socket, channel: type[Connection], **proxy: Any) -> Iterator[Any]:
    """A server on a socket; when the block is left its threads end, however it is left.

    `channel` is what a connection is, `proxy` what waitress is to believe of one in front.
    """
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    from nianbao.web import settings

    server = create_server(
        get_wsgi_application(),
        sockets=[listener],
        threads=8,
        max_request_body_size=settings.MOST_BYTES + 64 * 1024,
        channel_timeout=ARRIVAL,
        cleanup_interval=5,
        connection_limit=400,  # Windows looks at 512 at a time
        asyncore_use_poll=sys.platform != "win32",
        ident=None,
        clear_untrusted_proxy_headers=True,
        **proxy,
    )
    try:
        server.channel_class = channel  # type: ignore[union-attr] # it is of one socket
        yield server
    finally:
        server.task_dispatcher.shutdown()


def end(server: Any) -> None:
    """Have a server end, told by another thread: its own closes all that is open, and runs no more."""
    server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map, ignore_all=True))  # noqa: SLF001
