"""Read agendas and tables of parties; tell an address that was never asked from one that answers."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def tell_the_unasked(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now an address passed for answering before it was asked."""
    apps.get_model("tracker", "Link").objects.filter(checked_at=None, state="alive").update(state="new")


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0007_subscriptions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='link',
            name='link_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='watch',
            name='watch_reader_is_known',
        ),
        migrations.AlterField(
            model_name='link',
            name='state',
            field=models.CharField(choices=[('new', 'Not asked yet'), ('alive', 'Answers'), ('failing', 'Did not answer, tried again'), ('dead', 'Gone'), ('front', 'Leads to a front page'), ('login', 'Behind a log-in'), ('unasked', 'May not be asked by machines')], default='new', max_length=8, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='watch',
            name='reader',
            field=models.CharField(choices=[('feed', 'Feed (RSS, Atom, JSON Feed) or sitemap'), ('html_part', 'Part of a page'), ('json', 'JSON, by a mapping'), ('csv', 'CSV, by a mapping'), ("xml", "XML, by a mapping"), ('calendar', 'Agenda (iCalendar)'), ('treaty_table', 'Table of parties to a treaty'), ('uk_treaties', 'UK Parliament: treaties'), ('us_congress', 'US Congress: treaty actions'), ('riksdag', 'Swedish Riksdag'), ('sejm', 'Polish Sejm'), ('bundestag', 'German Bundestag and Bundesrat')], max_length=12, verbose_name='reader'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'alive', 'failing', 'dead', 'front', 'login', 'unasked'])), name='link_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('reader__in', ['feed', 'html_part', 'json', 'csv', "xml", 'calendar', 'treaty_table', 'uk_treaties', 'us_congress', 'riksdag', 'sejm', 'bundestag'])), name='watch_reader_is_known'),
        ),
        migrations.RunPython(tell_the_unasked, migrations.RunPython.noop),
    ]
