"""What is unsafe about the way an office's server is set up: `nianbao serve --office DIR --check`."""

from __future__ import annotations

import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from nianbao.report import Place, Problem, rule
from nianbao.report.submission import Role
from nianbao.web.office import events
from nianbao.web.office.configuration import CONFIGURATION, Configuration
from nianbao.web.office.models import Event

BACKUP_DAYS, FIRST_DAYS = 7, 30
LEAST_FREE, LEAST_SHARE = 2 * 1024**3, 0.1
SHORTEST_SECRET = 32  # characters
OLDEST_POSTGRESQL = 14
HOURS_EAST = 8  # of Greenwich
FEW = 8  # that a message names
FLAWS = 3


def problems(folder: Path, told: Configuration) -> list[Problem]:
    """Everything that is unsafe, of an office that Django is set up for."""
    checks: tuple[Callable[[Path, Configuration], Iterator[Problem]], ...] = (
        _files,
        _secret,
        _user,
        _encryption,
        _database,
        _passwords,
        _backup,
        _disk,
        _clock,
        _log,
    )
    return [problem for check in checks for problem in check(folder, told)]


def _files(folder: Path, told: Configuration) -> Iterator[Problem]:
    """Whoever may read the folder, or a file in a folder that others may enter, reads reports and secrets."""
    if sys.platform == "win32":
        return  # where files belong to who has the folder
    if not _open_to_others(folder):
        return
    loose = [path for path in sorted(folder.iterdir()) if _open_to_others(path)]
    what = "别的用户能打开这个文件夹"
    what += f"，读得到 {'、'.join(path.name for path in loose[:FEW])}" if loose else ""
    mend = f"请运行 chmod 700 {folder}"
    mend += f"，再运行 chmod -R go-rwx {folder}" if loose else ""
    yield rule("office-readable").broken(what, mend, (Place(str(folder)),))


def _open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _secret(folder: Path, told: Configuration) -> Iterator[Problem]:
    path = folder / "secret"
    place = (Place(str(path)),)
    mend = "请停下服务器，删去这个文件，再启动：会做一个新的，所有人要重新登录"
    if sys.platform != "win32" and _open_to_others(path):
        yield rule("office-secret").broken(
            "别的用户读得到这个文件，可以伪造登录",
            f"请运行 chmod 600 {path}；已经被读过的，{mend[1:]}",
            place,
        )
    length = len(path.read_text(encoding="ascii").strip())
    if length < SHORTEST_SECRET:
        yield rule("office-secret").broken(f"密钥只有 {length} 个字符", mend, place)


def _user(folder: Path, told: Configuration) -> Iterator[Problem]:
    if sys.platform == "win32":
        return
    if folder.stat().st_uid == 0:
        mend = "请建一个专门的用户（例如 nianbao），把这个文件夹给它，用它运行"
        yield rule("office-root").broken(
            "文件夹是 root 的，服务器用最高权限运行", mend, (Place(str(folder)),)
        )


def _encryption(folder: Path, told: Configuration) -> Iterator[Problem]:
    place = (Place(str(folder / CONFIGURATION)),)
    if told.hosts and not told.proxy:
        what = f"别的机器用 {'、'.join(told.hosts[:FEW])} 来访问，没有写 proxy：密码和报告不加密地经过网络"
        yield rule("office-no-tls").broken(
            what, "请在前面放 nginx 之类提供 TLS，在 proxy 里写它的地址", place
        )
    if "*" in told.hosts or any(host.startswith(".") for host in told.hosts):
        what = "hosts 里写了通配的名称，别人的网页可以冒充"
        yield rule("office-no-tls").broken(what, "请逐个写明浏览器里用的域名", place)


def _database(folder: Path, told: Configuration) -> Iterator[Problem]:
    place = (Place(str(folder / CONFIGURATION)),)
    if connection.vendor != "postgresql":
        return
    host = str(told.database.get("host", ""))
    by_network = bool(host) and not host.startswith("/")
    if by_network and not told.database.get("password"):
        what = f"经网络连接 {host} 的数据库，没有写密码"
        mend = "请给数据库用户设密码，写在 [database] 的 password 里，或者改用本机的套接字"
        yield rule("office-database").broken(what, mend, place)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10000
        cursor.execute("SHOW server_encoding")
        encoding = str(cursor.fetchone()[0])
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        above_all = bool(cursor.fetchone()[0])
    if version < OLDEST_POSTGRESQL:
        what = f"PostgreSQL 是第 {version} 版，已经没有安全更新"
        yield rule("office-database").broken(what, f"请升级到第 {OLDEST_POSTGRESQL} 版以上", place)
    if encoding != "UTF8":
        what = f"数据库的编码是 {encoding}，有的汉字存不下"
        yield rule("office-database").broken(what, "请用 UTF8 编码新建数据库，再把数据移过去", place)
    if above_all:
        what = "数据库用户是超级用户，能读写服务器上的别的数据库"
        yield rule("office-database").broken(what, "请建一个只有这个数据库的用户", place)


def _passwords(folder: Path, told: Configuration) -> Iterator[Problem]:
    waiting = User.objects.filter(is_active=True, account__must_change=True)
    admins = set(
        waiting.filter(assignments__role=Role.ADMIN.value).values_list("username", flat=True).distinct()
    )
    old = timezone.now() - timedelta(days=FIRST_DAYS)
    others = set(waiting.filter(account__made_at__lt=old).values_list("username", flat=True)) - admins
    for names, what in ((admins, "管理员还在用初始密码"), (others, f"初始密码 {FIRST_DAYS} 天没有换")):
        if names:
            named = "、".join(sorted(names)[:FEW]) + ("…" if len(names) > FEW else "")
            mend = "请登录换掉；不用的帐户请停用"
            yield rule("office-first-password").broken(f"{what}：{named}", mend, (Place(str(folder)),))


def _backup(folder: Path, told: Configuration) -> Iterator[Problem]:
    last = Event.objects.filter(what="backup").order_by("-id").first()
    begun = Event.objects.order_by("id").first()
    since = last or begun
    if since is None or timezone.now() - datetime.fromisoformat(since.at) < timedelta(days=BACKUP_DAYS):
        return
    days = (timezone.now() - datetime.fromisoformat(since.at)).days
    what = f"最近一次备份在 {days} 天前" if last else f"用了 {days} 天，还没有备份过"
    mend = f"请运行 nianbao serve --office {folder} --backup 文件，最好每天由系统定时运行"
    yield rule("office-backup").broken(what, mend, (Place(str(folder)),))


def _disk(folder: Path, told: Configuration) -> Iterator[Problem]:
    usage = shutil.disk_usage(folder)
    if usage.free < LEAST_FREE or usage.free < usage.total * LEAST_SHARE:
        what = f"磁盘只剩 {usage.free / 1024**3:.1f} GB，是总共的 {usage.free * 100 // usage.total}%"
        yield rule("office-disk").broken(what, "请清理磁盘，或把办公室移到大的磁盘上", (Place(str(folder)),))


def _clock(folder: Path, told: Configuration) -> Iterator[Problem]:
    last = Event.objects.order_by("-id").first()
    place = (Place(str(folder)),)
    if last is not None and datetime.fromisoformat(last.at) > timezone.now() + timedelta(minutes=1):
        at = timezone.localtime(datetime.fromisoformat(last.at))
        what = f"系统的时间比日志的最后一行（{at:%Y-%m-%d %H:%M}）还早"
        yield rule("office-clock").broken(what, "请核对系统的时间，打开时间同步", place)
    east = time.localtime().tm_gmtoff
    if east != HOURS_EAST * 3600:
        what = "系统的时区不是中国时间；程序自己照中国时间算，系统的日志和定时备份照系统的"
        yield rule("office-clock").broken(what, "请运行 timedatectl set-timezone Asia/Shanghai", place)


def _log(folder: Path, told: Configuration) -> Iterator[Problem]:
    flaws = [flaw for flaw, _ in zip(events.flaws(), range(FLAWS), strict=False)]
    if flaws:
        mend = "请保留数据库和备份，找到最后一次完好的备份来比对"
        yield rule("office-log").broken("；".join(flaws), mend, (Place(str(folder)),))
