"""The newest drafts are found without reading all of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index."""

    dependencies: ClassVar = [("workbench", "0001_initial")]
    operations: ClassVar = [
        migrations.AddIndex("Draft", models.Index(fields=["changed"], name="draft_changed")),
    ]
