"""Day and address leave the submission; sums tell what was said of them; jobs know who asked for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the step before: PostgreSQL changes no table in which rows were moved in the same step."""

    dependencies: ClassVar = [("office", "0002_publication")]
    operations: ClassVar = [
        migrations.RemoveField(model_name="submission", name="published_on"),
        migrations.RemoveField(model_name="submission", name="address"),
        migrations.AddField(model_name="sum", name="told", field=models.TextField(default="[]")),
        migrations.AddField(model_name="sum", name="changes", field=models.TextField(default="[]")),
        migrations.AddField(model_name="job", name="who", field=models.CharField(default="", max_length=200)),
    ]
