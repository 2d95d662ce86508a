"""Who has changed a draft last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column."""

    dependencies = (("office", "0006_roster_and_accounts"),)

    operations = (
        migrations.AddField(
            "submission", "saved_by", models.CharField(blank=True, default="", max_length=200)
        ),
    )
