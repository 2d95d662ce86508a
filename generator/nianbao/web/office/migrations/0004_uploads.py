"""Uploads are kept before they are read, and say what came of that."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models


def note_taken(apps: Any, schema: Any) -> None:
    """Of the files that are there, all were read: others were not kept until now."""
    upload = apps.get_model("office", "Upload")
    upload.objects.update(taken=True, read_at=models.F("at"))


class Migration(migrations.Migration):
    """What became of an upload, and which revision of a draft is kept elsewhere."""

    dependencies: ClassVar = [("office", "0003_told")]

    operations: ClassVar = [
        migrations.AddField("submission", "kept_revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("upload", "part", models.CharField(blank=True, max_length=255)),
        migrations.AddField("upload", "read_at", models.DateTimeField(null=True)),
        migrations.AddField("upload", "taken", models.BooleanField(default=False)),
        migrations.AddField("upload", "told", models.JSONField(default=list)),
        migrations.RunPython(note_taken, migrations.RunPython.noop),
    ]
