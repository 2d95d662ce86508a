"""What an office keeps: organs, accounts' roles, links, submissions with their revisions, remarks, the log.

States, roles and what they allow are values of `nianbao.report.submission`; here they are only kept.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from nianbao.report.submission import Role, State
from nianbao.web.workbench.models import Draft

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_ROLES = [(role.value, role.value) for role in Role]
_STATES = [(state.value, state.value) for state in State]


class Organ(models.Model):
    """An organ that reports to this office; `normal_name` is its name as names are compared.

    `reporter` is the kind of reporter by its mandated name, blank where nobody has said it. A government has
    two of one name: its own office, and the aggregate of all below it.
    """

    name: models.CharField[str, str] = models.CharField(max_length=200)
    normal_name: models.CharField[str, str] = models.CharField(max_length=200)
    reporter: models.CharField[str, str] = models.CharField(max_length=40, blank=True)
    aggregate: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    superior_id: int | None
    superior: models.ForeignKey[Organ | None, Organ | None] = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="members"
    )
    active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    remark: models.CharField[str, str] = models.CharField(max_length=500, blank=True)

    class Meta:
        """In the order of the roster."""

        constraints = (
            models.UniqueConstraint(fields=("normal_name", "aggregate"), name="one_organ_of_a_name"),
        )
        ordering = ("id",)


class Deadline(models.Model):
    """By when a kind of reporter reports a year, where the office has set another day than the mandate."""

    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    reporter: models.CharField[str, str] = models.CharField(max_length=40)
    due: models.DateField[date, date] = models.DateField()

    class Meta:
        """One a year and kind."""

        constraints = (
            models.UniqueConstraint(fields=("year", "reporter"), name="one_deadline_a_year_and_kind"),
        )


class Submission(models.Model):
    """One organ's report of one year: expected from the day that it is on the roster.

    `number` counts the revisions that were handed in; `draft` is what is being filled in now, and
    `kept_revision` that revision of it which is an upload or a version, too: later ones are nowhere else.
    `saved_by` is who has changed it last.
    """

    organ_id: int
    organ: models.ForeignKey[Organ, Organ] = models.ForeignKey(Organ, models.PROTECT)
    draft_id: str | None
    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    due: models.DateField[date, date] = models.DateField()
    state: models.CharField[str, str] = models.CharField(
        max_length=8, choices=_STATES, default=State.ABSENT.value
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    submitted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    changed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)
    draft: models.OneToOneField[Draft | None, Draft | None] = models.OneToOneField(
        Draft, models.SET_NULL, null=True
    )
    errors: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    warnings: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    kept_revision: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    saved_by: models.CharField[str, str] = models.CharField(max_length=200, blank=True)

    class Meta:
        """One an organ and year."""

        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="one_submission_a_year"),)
        indexes = (models.Index(fields=("year", "state")),)
        ordering = ("organ_id",)


class File(models.Model):
    """The bytes that lie in files/ under their digest; the name they came with stands where they are used."""

    sha256: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()


class Upload(models.Model):
    """A file that was handed in, kept before it is read, whatever comes of that.

    `read_at` is None until it was read to its end; `taken` where the boxes were filled from it, from the file
    `part` in it where it is a zip or a mail. `told` are words: what was not read of it, or why nothing was.
    """

    submission_id: int
    file_id: str

    submission: models.ForeignKey[Submission, Submission] = models.ForeignKey(
        Submission, models.PROTECT, related_name="uploads"
    )
    file: models.ForeignKey[File, File] = models.ForeignKey(File, models.PROTECT)
    name: models.CharField[str, str] = models.CharField(max_length=255)
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    read_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    taken: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    part: models.CharField[str, str] = models.CharField(max_length=255, blank=True)
    told = models.JSONField(default=list)

    class Meta:
        """Newest last."""

        ordering = ("id",)


class Version(models.Model):
    """What was handed in once: never changed.

    `report` is exchange JSON, `findings` what was found in it (JSON, as the page has them).
    """

    submission: models.ForeignKey[Submission, Submission] = models.ForeignKey(
        Submission, models.PROTECT, related_name="versions"
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    upload_id: int | None
    upload: models.ForeignKey[Upload | None, Upload | None] = models.ForeignKey(
        Upload, models.PROTECT, null=True
    )
    submission_id: int
    report: models.TextField[str, str] = models.TextField()
    findings: models.TextField[str, str] = models.TextField()
    errors: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    warnings: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest last."""

        constraints = (models.UniqueConstraint(fields=("submission", "number"), name="one_version_a_number"),)
        ordering = ("submission_id", "number")


class Remark(models.Model):
    """What the office says of a spot of a report (`target`, "" for the whole), and what the organ answers."""

    version_id: int
    version: models.ForeignKey[Version, Version] = models.ForeignKey(
        Version, models.PROTECT, related_name="remarks"
    )
    target: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    text: models.TextField[str, str] = models.TextField()
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    answer: models.TextField[str, str] = models.TextField(blank=True)
    answered_by: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    settled_by: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    settled_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """In the order they were written."""

        ordering = ("id",)


class Presence(models.Model):
    """Who has a submission open for review, and was last heard of when: nothing that is kept or logged."""

    submission: models.ForeignKey[Submission, Submission] = models.ForeignKey(Submission, models.CASCADE)
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("submission", "who"), name="one_presence_of_each"),)


class Account(models.Model):
    """What Django's user does not say of an account: whether its password is still the one handed out."""

    user: models.OneToOneField[User, User] = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="account"
    )
    must_change: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)


class Assignment(models.Model):
    """A role of an account: for one organ, or, where `organ` is None, for the whole office."""

    user: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments"
    )
    role: models.CharField[str, str] = models.CharField(max_length=8, choices=_ROLES)
    organ: models.ForeignKey[Organ | None, Organ | None] = models.ForeignKey(Organ, models.CASCADE, null=True)

    class Meta:
        """Each role once."""

        constraints = (
            models.UniqueConstraint(fields=("user", "role", "organ"), name="one_role_on_an_organ"),
            models.UniqueConstraint(
                fields=("user", "role"), condition=models.Q(organ=None), name="one_role_on_all"
            ),
        )


class Link(models.Model):
    """An address by which one organ fills in the report of one year without an account; kept as a digest."""

    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    organ_id: int
    organ: models.ForeignKey[Organ, Organ] = models.ForeignKey(Organ, models.CASCADE, related_name="links")
    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    made_by: models.CharField[str, str] = models.CharField(max_length=200)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    revoked: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)


class Publication(models.Model):
    """That a report was published: the day, the address of its page, and which version it was."""

    submission_id: int
    submission: models.ForeignKey[Submission, Submission] = models.ForeignKey(
        Submission, models.PROTECT, related_name="publications"
    )
    version: models.ForeignKey[Version | None, Version | None] = models.ForeignKey(
        Version, models.PROTECT, null=True
    )
    day: models.DateField[date, date] = models.DateField()
    address: models.CharField[str, str] = models.CharField(max_length=500)
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest last: after a correction it is published again."""

        ordering = ("id",)


class Sum(models.Model):
    """A roll-up: of which versions, and the workbook that came of it; stale once a member was sent back.

    `told` is what was said of it, `changes` what has changed since the one before (JSON, lists of lines).
    """

    aggregate: models.ForeignKey[Submission, Submission] = models.ForeignKey(
        Submission, models.PROTECT, related_name="sums"
    )
    versions: models.ManyToManyField[Version, Version] = models.ManyToManyField(Version, related_name="sums")
    file: models.ForeignKey[File, File] = models.ForeignKey(File, models.PROTECT)
    stale: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    told: models.TextField[str, str] = models.TextField(default="[]")
    changes: models.TextField[str, str] = models.TextField(default="[]")
    who: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest last."""

        ordering = ("id",)


class Job(models.Model):
    """Work that outlives the process that began it: picked up again by another; `who` asked for it."""

    kind: models.CharField[str, str] = models.CharField(max_length=40)
    payload: models.TextField[str, str] = models.TextField()
    who: models.CharField[str, str] = models.CharField(max_length=200, default="")
    state: models.CharField[str, str] = models.CharField(max_length=8, default="waiting")
    tries: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=0)
    result: models.TextField[str, str] = models.TextField(blank=True)
    claimed_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Those that wait, oldest first."""

        indexes = (models.Index(fields=("state", "id")),)
        ordering = ("id",)


class Event(models.Model):
    """One line of the log; `digest` covers the line and the digest of the one before. Never changed."""

    id: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    submission_id: int | None
    at: models.CharField[str, str] = models.CharField(max_length=40)  # as it was hashed: ISO, with its zone
    who: models.CharField[str, str] = models.CharField(max_length=200)
    address: models.CharField[str, str] = models.CharField(max_length=60, blank=True)
    what: models.CharField[str, str] = models.CharField(max_length=40)
    submission: models.ForeignKey[Submission | None, Submission | None] = models.ForeignKey(
        Submission, models.PROTECT, null=True
    )
    detail: models.TextField[str, str] = models.TextField(blank=True)  # JSON
    before: models.CharField[str, str] = models.CharField(max_length=64)
    digest: models.CharField[str, str] = models.CharField(max_length=64)

    class Meta:
        """In the order they happened."""

        ordering = ("id",)


class Head(models.Model):
    """The newest line of the log: the row that whoever writes a line holds meanwhile; there is one."""

    number: models.PositiveBigIntegerField[int, int] = models.PositiveBigIntegerField(default=0)
    digest: models.CharField[str, str] = models.CharField(max_length=64)


class Setting(models.Model):
    """What the office has decided for itself; there is one row."""

    name: models.CharField[str, str] = models.CharField(max_length=200, blank=True)  # of the office
    contact: models.CharField[str, str] = models.CharField(max_length=200, blank=True)  # whom organs may ask
    year: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()  # collected now
    signature: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    lenient: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    link_days: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=60)
