"""Django as this program has it: on one's own machine, or as an office's server."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from nianbao.app.data_folder import DATABASE
from nianbao.web import migrated

MOST_BYTES = 20 * 1024 * 1024  # of one file
SECRET = "secret"  # the file of what cookies are signed with
SESSION = 8 * 60 * 60  # seconds after which a session that nobody uses ends


def configure(folder: Path, refused: str = "") -> None:
    """Set Django up for one person's drafts in a folder: no accounts, no network but this machine's.

    `refused` says why that is no lasting one, "" where it is. Opens no draft yet. Once in a process.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _set_up(
        folder,
        DATABASES={"default": sqlite(folder / DATABASE)},
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        NIANBAO_MOST_DRAFTS=200,  # older ones go
        NIANBAO_FACE="workbench",
        NIANBAO_REFUSED=refused,
        ROOT_URLCONF="nianbao.web.urls",
        INSTALLED_APPS=["nianbao.web.workbench"],
        MIDDLEWARE=[
            "nianbao.web.access.Access",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "nianbao.web.workbench.hindered.Hindered",
        ],
        CSRF_FAILURE_VIEW="nianbao.web.access.refuse_forged",
    )


def configure_office(
    folder: Path,
    *,
    database: dict[str, Any],
    hosts: list[str],
    secure: bool,
    cluster: str = "",
    migrate: bool = True,
) -> None:
    """Set Django up as an office's server, for the files, the archive and the secret in a folder.

    `database` is Django's own description of it; `secure` where the pages come over TLS, as they must outside
    of this machine; `cluster` the address of one that makes many reports, "" for none. Brings the database up
    to date, unless told not to. Once in a process. Raises Usage where a newer program has written it.
    """
    _set_up(
        folder,
        "django.template.context_processors.request",
        "nianbao.web.office.pages.pages",
        DATABASES={"default": database},
        ALLOWED_HOSTS=hosts,
        ROOT_URLCONF="nianbao.web.office.routes",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "axes",
            "nianbao.web.workbench",
            "nianbao.web.office",
        ],
        MIDDLEWARE=[
            "nianbao.web.office.sessions.Sessions",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "nianbao.web.office.access.Access",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "axes.middleware.AxesMiddleware",
        ],
        AUTHENTICATION_BACKENDS=[
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        AUTH_PASSWORD_VALIDATORS=[
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 10},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"],
        AXES_FAILURE_LIMIT=5,
        AXES_COOLOFF_TIME=0.25,  # hours
        AXES_LOCKOUT_PARAMETERS=[["username", "ip_address"]],
        AXES_LOCKOUT_CALLABLE="nianbao.web.office.entry.locked",
        AXES_ENABLE_ADMIN=False,
        AXES_VERBOSE=False,
        AXES_SENSITIVE_PARAMETERS=["old", "new", "again"],  # passwords too, of the page that changes them
        AXES_RESET_ON_SUCCESS=True,
        AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT=False,  # it ends when the page says
        AXES_DISABLE_ACCESS_LOG=True,  # who came in stands in our own log
        AXES_CLIENT_IP_CALLABLE="nianbao.web.office.lockouts.address",
        SESSION_COOKIE_AGE=SESSION,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # a link in a mail has to lead in
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_NAME="nianbao_session",
        CSRF_COOKIE_SECURE=secure,
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        CSRF_FAILURE_VIEW="nianbao.web.access.refuse_forged",
        LOGIN_URL="login",
        DATA_UPLOAD_MAX_NUMBER_FIELDS=20_000,  # one for each line of the board that is picked
        NIANBAO_FACE="office",
        NIANBAO_FOLDER=folder,
        NIANBAO_CLUSTER=cluster,
        NIANBAO_MOST_DRAFTS=None,
        NIANBAO_FILES=folder / "files",
    )
    from django.core.management import call_command

    migrated.require_known(migrated.applied(), str(folder))
    if migrate:
        call_command("migrate", interactive=False, verbosity=0)


def sqlite(path: Path) -> dict[str, Any]:
    """A database of SQLite: many may read while one writes, and what was answered is on the disk.

    Threads keep their connections: opening one takes long, and a full disk lets none be opened.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _set_up(folder: Path, *processors: str, **own: Any) -> None:
    import django
    from django.conf import settings

    settings.configure(
        DEBUG=False,
        SECRET_KEY=_secret(folder / SECRET),
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": ["nianbao.web.words.words", *processors],
                    "string_if_invalid": "",
                },
            }
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LANGUAGE_CODE="zh-hans",
        TIME_ZONE="Asia/Shanghai",
        USE_TZ=True,
        APPEND_SLASH=False,
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_COOKIE_NAME="nianbao_csrf",
        DATA_UPLOAD_MAX_MEMORY_SIZE=MOST_BYTES,
        FILE_UPLOAD_MAX_MEMORY_SIZE=MOST_BYTES,
        DATA_UPLOAD_MAX_NUMBER_FILES=1,
        LOGGING_CONFIG=None,
        NIANBAO_ARCHIVE=folder / "archive",
        **own,
    )
    django.setup()


def _secret(path: Path) -> str:
    """The secret that cookies are signed with: made once, readable by its owner alone."""
    if not path.exists():
        beside = path.with_name(f".{SECRET}-{secrets.token_hex(4)}")
        try:
            beside.touch(mode=0o600)
            beside.write_text(secrets.token_urlsafe(48), encoding="ascii")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return path.read_text(encoding="ascii")
