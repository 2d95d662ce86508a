"""Another version of the program, put together out of this one: it has a table more, and says so."""

from __future__ import annotations

from pathlib import Path

from tests.paths import ROOT

STEP = "9999_later"
LATER = '''"""A step that this program does not know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "LAST")]
    operations = [
        migrations.CreateModel("Later", [("id", models.BigAutoField(primary_key=True, serialize=False))])
    ]
'''


def newer(folder: Path, number: str = "99.1") -> Path:
    """A folder for PYTHONPATH with the newer version of this number."""
    ours = ROOT / "generator" / "nianbao"
    place = folder / "nianbao"
    migrations = place / "web" / "workbench" / "migrations"
    migrations.mkdir(parents=True)
    for level in (migrations, *list(migrations.parents)[:3]):
        for path in (ours / level.relative_to(place)).iterdir():
            if not (level / path.name).exists() and path.name != "__pycache__":
                (level / path.name).symlink_to(path)
    (place / "templates").symlink_to(ROOT / "templates")
    last = max(path.stem for path in migrations.glob("[0-9]*.py"))
    (migrations / f"{STEP}.py").write_text(LATER.replace("LAST", last), encoding="utf-8")
    told = folder / f"nianbao-{number}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: nianbao\nVersion: {number}\n", encoding="utf-8"
    )
    return folder
