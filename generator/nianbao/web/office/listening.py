"""Where an office's server listens: on this machine, on a Unix socket; elsewhere only where that is said."""

from __future__ import annotations

import errno
import ipaddress
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

from nianbao.app.outcome import Usage
from nianbao.web.listening import bound
from nianbao.web.office.configuration import SOCKET, Configuration

HERE = "127.0.0.1"
UNIX = "unix:"
MODE = 0o660  # of the socket: the proxy is of its group


@dataclass(frozen=True)
class Listener:
    """The socket, and what to say of it; `trusted` is the proxy whose headers are believed, "" for none."""

    socket: socket.socket
    said: str
    trusted: str
    path: Path | None = None

    def close(self) -> None:
        """Leave nothing behind."""
        self.socket.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def listen(told: Configuration, address: str, port: int, *, plain: bool) -> Listener:
    """Listen where that is safe, or where `plain` says that it is meant. Raises Usage, OSError."""
    if address.startswith(UNIX):
        return _by_path(told, Path(address.removeprefix(UNIX)))
    try:
        ip = ipaddress.ip_address(address or HERE)
    except ValueError:
        raise Usage(f"--listen“{address}”不是 IP 地址，也不是 unix:套接字的路径") from None
    if told.proxy == SOCKET:
        raise Usage("office.toml 的 proxy 写的是 unix，请加 --listen unix:套接字的路径")
    if not ip.is_loopback:
        _require_meant(told, str(ip), plain=plain)
    listening = bound(str(ip), port)
    host = f"[{ip}]" if ip.version == 6 else str(ip)
    return Listener(listening, f"http://{host}:{listening.getsockname()[1]}/", told.proxy)


def _require_meant(told: Configuration, address: str, *, plain: bool) -> None:
    """Raise Usage where passwords would go over the network unencrypted, and nobody has said so."""
    if told.proxy:
        return
    if not plain:
        raise Usage(
            f"在 {address} 上提供服务不加密，密码和报告别人看得到。请在前面放提供 TLS 的反向代理，"
            "写在 office.toml 的 proxy 里；或者加 --plain-http 表示知道"
        )
    if not told.hosts:
        raise Usage("请在 office.toml 的 hosts 里写浏览器里用的地址（IP 或域名），别的地址不开")


def _by_path(told: Configuration, path: Path) -> Listener:
    if not hasattr(socket, "AF_UNIX"):
        raise Usage("这个系统没有 Unix 套接字，请写 IP 地址")
    if told.proxy != SOCKET:
        raise Usage('用套接字的，前面要有提供 TLS 的反向代理：请在 office.toml 里写 proxy = "unix"')
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if _is_socket(path):
        if listening.connect_ex(str(path)) == 0:
            listening.close()
            raise Usage(f"{path} 上已经有一个服务器")
        path.unlink()
        listening.close()
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(path))
    except OSError as error:
        listening.close()
        raise OSError(error.errno or errno.ENAMETOOLONG, "", str(path)) from None  # a socket's is shorter
    path.chmod(MODE)
    return Listener(listening, f"{UNIX}{path}", "localhost", path)


def _is_socket(path: Path) -> bool:
    try:
        return stat.S_ISSOCK(path.lstat().st_mode)
    except FileNotFoundError:
        return False
