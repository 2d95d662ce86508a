"""The first version's tables."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Organs, submissions, accounts' roles, links, sums, jobs, the log."""

    initial = True

    dependencies: ClassVar = [
        ("workbench", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("year", models.PositiveSmallIntegerField()),
                ("signature", models.BooleanField(default=False)),
                ("lenient", models.BooleanField(default=False)),
                ("link_days", models.PositiveSmallIntegerField(default=60)),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("payload", models.TextField()),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("result", models.TextField(blank=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["state", "id"], name="office_job_state_1c063f_idx")],
            },
        ),
        migrations.CreateModel(
            name="Organ",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("normal_name", models.CharField(max_length=200, unique=True)),
                ("reporter", models.CharField(blank=True, max_length=40)),
                ("aggregate", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("remark", models.CharField(blank=True, max_length=500)),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="members",
                        to="office.organ",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("made_by", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateTimeField()),
                ("revoked", models.BooleanField(default=False)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="office.organ"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("due", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("未报", "未报"),
                            ("填报中", "填报中"),
                            ("待签", "待签"),
                            ("已报", "已报"),
                            ("审核中", "审核中"),
                            ("退回", "退回"),
                            ("通过", "通过"),
                            ("已汇总", "已汇总"),
                            ("已公布", "已公布"),
                            ("已归档", "已归档"),
                        ],
                        default="未报",
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("errors", models.PositiveIntegerField(default=0)),
                ("warnings", models.PositiveIntegerField(default=0)),
                ("published_on", models.DateField(null=True)),
                ("address", models.CharField(blank=True, max_length=500)),
                (
                    "draft",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="workbench.draft"
                    ),
                ),
                ("organ", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="office.organ")),
            ],
            options={
                "ordering": ("organ_id",),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=200)),
                ("address", models.CharField(blank=True, max_length=60)),
                ("what", models.CharField(max_length=40)),
                ("detail", models.TextField(blank=True)),
                ("before", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "submission",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="office.submission"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="office.file")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="office.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("report", models.TextField()),
                ("findings", models.TextField()),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="office.submission",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="office.upload"
                    ),
                ),
            ],
            options={
                "ordering": ("submission_id", "number"),
            },
        ),
        migrations.CreateModel(
            name="Sum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stale", models.BooleanField(default=False)),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "aggregate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sums",
                        to="office.submission",
                    ),
                ),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="office.file")),
                ("versions", models.ManyToManyField(related_name="sums", to="office.version")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("settled_by", models.CharField(blank=True, max_length=200)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="office.version",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("填报人", "填报人"),
                            ("审签人", "审签人"),
                            ("审核人", "审核人"),
                            ("汇总人", "汇总人"),
                            ("档案员", "档案员"),
                            ("管理员", "管理员"),
                            ("查看人", "查看人"),
                            ("日志员", "日志员"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="office.organ"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "role", "organ"), name="one_role_on_an_organ"),
                    models.UniqueConstraint(
                        condition=models.Q(("organ", None)), fields=("user", "role"), name="one_role_on_all"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["year", "state"], name="office_subm_year_0b7592_idx"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("organ", "year"), name="one_submission_a_year"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="one_version_a_number"),
        ),
    ]
