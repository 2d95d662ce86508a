"""Django as this program has it: one database, no accounts, no network but this machine's."""

from __future__ import annotations

import secrets
from pathlib import Path

MOST_BYTES = 20 * 1024 * 1024  # of one file


def configure(folder: Path) -> None:
    """Set Django up for the drafts in a folder, and bring its database up to date. Once in a process."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.configure(
        DEBUG=False,
        SECRET_KEY=_secret(folder / "secret"),
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF="nianbao.web.urls",
        INSTALLED_APPS=["nianbao.web.workbench"],
        MIDDLEWARE=[
            "nianbao.web.access.Access",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": ["nianbao.web.words.words"],
                    "string_if_invalid": "",
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "drafts.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LANGUAGE_CODE="zh-hans",
        TIME_ZONE="Asia/Shanghai",
        USE_TZ=True,
        APPEND_SLASH=False,
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_COOKIE_NAME="nianbao_csrf",
        CSRF_FAILURE_VIEW="nianbao.web.access.refuse_forged",
        DATA_UPLOAD_MAX_MEMORY_SIZE=MOST_BYTES,
        FILE_UPLOAD_MAX_MEMORY_SIZE=MOST_BYTES,
        DATA_UPLOAD_MAX_NUMBER_FILES=1,
        LOGGING_CONFIG=None,
        NIANBAO_ARCHIVE=folder / "archive",
    )
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _secret(path: Path) -> str:
    """The secret that cookies are signed with: made once, readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")
