"""Let reports of one find know each other: what a source says under one name may change."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def name_finds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now each find was reported once, and its report went by its name."""
    apps.get_model("tracker", "Report").objects.filter(channel="watch").update(find=F("fingerprint"))


class Migration(migrations.Migration):
    dependencies = [("tracker", "0005_reports_propose_changes_too")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="find",
            field=models.CharField(
                blank=True, db_default="", db_index=True, default="", editable=False, max_length=200, verbose_name="find"
            ),
        ),
        migrations.RunPython(name_finds, migrations.RunPython.noop),
    ]
