"""An office's own deadlines, first passwords, and a government's two organs of one name."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _number() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Deadlines by kind, accounts, whom to ask."""

    dependencies: ClassVar = [
        ("office", "0005_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", _number()),
                ("must_change", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", _number()),
                ("year", models.PositiveSmallIntegerField()),
                ("reporter", models.CharField(max_length=40)),
                ("due", models.DateField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                fields=("year", "reporter"), name="one_deadline_a_year_and_kind"
            ),
        ),
        migrations.AddField(
            model_name="setting", name="contact", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AlterField(model_name="organ", name="normal_name", field=models.CharField(max_length=200)),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.UniqueConstraint(
                fields=("normal_name", "aggregate"), name="one_organ_of_a_name"
            ),
        ),
    ]
