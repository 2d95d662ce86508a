"""The first version's table."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

import nianbao.web.workbench.models


class Migration(migrations.Migration):
    """Drafts."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=nianbao.web.workbench.models.new_id,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("title", models.TextField()),
                ("values", models.TextField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("told", models.JSONField(default=list)),
                ("source", models.BinaryField(null=True)),
                ("last_name", models.CharField(blank=True, max_length=255)),
                ("last", models.TextField(blank=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("changed", models.DateTimeField(auto_now=True)),
            ],
            options={"ordering": ("-changed",)},
        ),
    ]
