"""Fonts: what documents ask for, what stands in, and one fontconfig for every engine."""

from nianbao.media.fonts.chains import table
from nianbao.media.fonts.fontconfig import ENVIRONMENT, FOLDERS, configure
from nianbao.media.fonts.install import DEBIAN, NotInstalled, install
from nianbao.media.fonts.installed import (
    Substitution,
    faces,
    fingerprint,
    lacking,
    metrics,
    outline,
    serving,
    substitutions,
    width,
)

__all__ = [
    "DEBIAN", "ENVIRONMENT", "FOLDERS", "NotInstalled", "Substitution", "configure", "faces", "fingerprint",
    "install", "lacking", "metrics", "outline", "serving", "substitutions", "table", "width",
]  # fmt: skip
