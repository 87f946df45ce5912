"""Commitments have speakers: statements, and claims that name figures, days and of whom they speak."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0017_the_desk_keeps_drafts_hosts_and_wishes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.CharField(help_text='2022-10-23, 2022-10 or 2022.', max_length=21, verbose_name='date')),
                ('earliest', models.DateField(editable=False, null=True, verbose_name='earliest')),
                ('latest', models.DateField(editable=False, null=True, verbose_name='latest')),
                ('precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year'), ('interval', 'interval')], editable=False, max_length=8, verbose_name='precision')),
                ('recorded', models.BigIntegerField(db_index=True, editable=False, verbose_name='position')),
                ('recorded_at', models.DateTimeField(editable=False, verbose_name='recorded at')),
                ('origin', models.CharField(choices=[('dataset', 'Supplied with the site'), ('editor', 'Editor'), ('report', 'Accepted report'), ('rule', 'Rule')], editable=False, max_length=8, verbose_name='origin')),
                ('key', models.SlugField(max_length=120, unique=True, verbose_name='key')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('form', models.CharField(choices=[('text', 'written text'), ('spoken', 'spoken'), ('act', 'act'), ('report', 'report by others')], max_length=8, verbose_name='form')),
                ('document', models.TextField(verbose_name='what was said, and by whom')),
                ('withdrawn', models.BooleanField(db_default=False, default=False, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ['latest', 'recorded'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='assessment_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='change_type_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='rectification',
            name='rectification_subject_is_known',
        ),
        migrations.AddField(
            model_name='assessment',
            name='about',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='of whom'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='due',
            field=models.JSONField(blank=True, null=True, verbose_name='by when'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='figures',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='figures'),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='status',
            field=models.CharField(choices=[('asked', 'asked'), ('pledged', 'pledged'), ('in_progress', 'in progress'), ('partly', 'fulfilled in part'), ('fulfilled', 'fulfilled'), ('disputed', 'disputed'), ('rejected', 'rejected'), ('breached', 'breached'), ('withdrawn', 'withdrawn'), ('waived', 'waived'), ('lapsed', 'lapsed'), ('superseded', 'superseded')], max_length=12, verbose_name='claim'),
        ),
        migrations.AlterField(
            model_name='change',
            name='type',
            field=models.CharField(choices=[('party.recorded', 'State or organisation recorded'), ('procedure.recorded', 'Procedure recorded'), ('accession.opened', 'Accession opened'), ('accession.changed', 'Accession changed'), ('event.recorded', 'Event recorded'), ('event.sourced', 'Source added to an event'), ('requirement.added', 'Ally required to ratify'), ('requirement.removed', 'Ally no longer required to ratify'), ('stage.changed', 'Stage changed'), ('commitment.recorded', 'Commitment recorded'), ('commitment.sourced', 'Source added to a commitment'), ('commitment.assessed', 'Claim on a commitment recorded'), ('statement.recorded', 'Statement recorded'), ('source.checked', 'Checked, nothing new'), ('event.rectified', 'Event rectified'), ('assessment.rectified', 'Claim rectified'), ('commitment.rectified', 'Commitment rectified'), ('statement.rectified', 'Statement rectified'), ('procedure.rectified', 'Procedure rectified'), ('party.rectified', 'State or organisation rectified')], max_length=24, verbose_name='type'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='accession',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='tracker.accession'),
        ),
        migrations.AlterField(
            model_name='rectification',
            name='subject',
            field=models.CharField(choices=[('event', 'Event'), ('assessment', 'Assessment'), ('statement', 'Statement'), ('commitment', 'Commitment'), ('procedure', 'Procedure'), ('party', 'Party')], max_length=12, verbose_name='concerns'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'pledged', 'in_progress', 'partly', 'fulfilled', 'disputed', 'rejected', 'breached', 'withdrawn', 'waived', 'lapsed', 'superseded'])), name='assessment_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['party.recorded', 'procedure.recorded', 'accession.opened', 'accession.changed', 'event.recorded', 'event.sourced', 'requirement.added', 'requirement.removed', 'stage.changed', 'commitment.recorded', 'commitment.sourced', 'commitment.assessed', 'statement.recorded', 'source.checked', 'event.rectified', 'assessment.rectified', 'commitment.rectified', 'statement.rectified', 'procedure.rectified', 'party.rectified'])), name='change_type_is_known'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['event', 'assessment', 'statement', 'commitment', 'procedure', 'party'])), name='rectification_subject_is_known'),
        ),
        migrations.AddField(
            model_name='statement',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('earliest__isnull', False), ('earliest__lte', models.F('latest')), ('latest__isnull', False)), models.Q(('earliest__isnull', True), ('latest__isnull', False)), models.Q(('earliest__isnull', False), ('latest__isnull', True)), _connector='OR'), name='statement_date_is_an_interval', violation_error_message='A date cannot end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['text', 'spoken', 'act', 'report'])), name='statement_form_is_known'),
        ),
    ]
