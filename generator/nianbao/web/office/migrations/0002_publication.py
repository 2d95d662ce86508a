"""What was published becomes a row of its own."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Day and address out of the submission; the version is the one that had been submitted last."""
    submissions = apps.get_model("office", "Submission").objects
    versions = apps.get_model("office", "Version").objects
    publications = apps.get_model("office", "Publication").objects
    for one in submissions.exclude(published_on=None).order_by("pk"):
        version = versions.filter(submission=one).order_by("-number").first()
        publications.create(
            submission=one, version=version, day=one.published_on, address=one.address, who=""
        )


class Migration(migrations.Migration):
    """Publications."""

    dependencies: ClassVar = [("office", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("address", models.CharField(max_length=500)),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="office.submission",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="office.version"
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.RunPython(move),
    ]
