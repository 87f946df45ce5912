"""Which readers there are is known to the code alone: a new one needs no migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0012_imports_can_be_taken_back")]

    operations = [
        migrations.RemoveConstraint(model_name="watch", name="watch_reader_is_known"),
        migrations.AlterField(
            model_name="watch", name="reader", field=models.CharField(max_length=40, verbose_name="reader")
        ),
    ]
