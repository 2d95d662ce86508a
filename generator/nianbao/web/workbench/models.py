"""What is kept of the reports that are being filled in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models


def new_id() -> str:
    """A name that nobody guesses."""
    return secrets.token_hex(8)


class Draft(models.Model):
    """A report in work: its boxes, last year's beside them, and the file it came from.

    `revision` counts the changes that were accepted. `told` are the problems that only its file has;
    `source` is the clerk's own workbook, into which changes go back.
    """

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=16, default=new_id)
    name: models.CharField[str, str] = models.CharField(max_length=255)
    title: models.TextField[str, str] = models.TextField()
    values: models.TextField[str, str] = models.TextField()
    revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=1)
    told = models.JSONField(default=list)
    source: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    last_name: models.CharField[str, str] = models.CharField(max_length=255, blank=True)
    last: models.TextField[str, str] = models.TextField(blank=True)
    created: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    changed: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)

    class Meta:
        """Newest work first."""

        ordering = ("-changed",)
        # Without it every draft is read to its end, past its workbook, to tell which are the newest.
        indexes: ClassVar = [models.Index(fields=["changed"], name="draft_changed")]
