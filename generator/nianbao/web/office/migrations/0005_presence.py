"""Who has a submission open."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of its own: nothing else is changed."""

    dependencies: ClassVar = [("office", "0004_uploads")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="office.submission"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "who"), name="one_presence_of_each")
                ],
            },
        ),
    ]
