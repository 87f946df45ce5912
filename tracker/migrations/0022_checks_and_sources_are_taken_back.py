"""Checks and sources of commitments can be taken back; a first password ends."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0020_the_hub_is_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='auditentry',
            name='audit_entry_action_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='change_type_is_known',
        ),
        migrations.AddField(
            model_name='account',
            name='password_ends_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='first password ends'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='uncited',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='sources taken back'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('logged_in', 'Logged in'), ('logged_out', 'Logged out'), ('login_failed', 'Log-in failed'), ('locked_out', 'Locked out'), ('factor_added', 'Second factor set up'), ('factor_passed', 'Second factor given'), ('factor_failed', 'Second factor wrong'), ('factor_reset', 'Second factor taken away'), ('token_used', 'Token used'), ('token_changed', 'Token made or revoked'), ('recorded', 'Put on record'), ('rectified', 'Put right'), ('checked', 'Checked, nothing new'), ('unchecked', 'Check taken back'), ('filed', 'Report filed'), ('accepted', 'Report accepted'), ('rejected', 'Report rejected'), ('imported', 'Imported'), ('exported', 'Exported'), ('account_changed', 'Account changed'), ('account_asked', 'Change of an account asked for'), ('account_refused', 'Change of an account refused'), ('password_changed', 'Own password changed'), ('confirmed', 'Password given again'), ('session_ended', 'Log-in ended'), ('watch_changed', 'Watch changed')], max_length=20, verbose_name='action'),
        ),
        migrations.AlterField(
            model_name='change',
            name='type',
            field=models.CharField(choices=[('party.recorded', 'State or organisation recorded'), ('procedure.recorded', 'Procedure recorded'), ('accession.opened', 'Accession opened'), ('accession.changed', 'Accession changed'), ('event.recorded', 'Event recorded'), ('event.sourced', 'Source added to an event'), ('requirement.added', 'Ally required to ratify'), ('requirement.removed', 'Ally no longer required to ratify'), ('stage.changed', 'Stage changed'), ('commitment.recorded', 'Commitment recorded'), ('commitment.sourced', 'Source added to a commitment'), ('commitment.assessed', 'Claim on a commitment recorded'), ('statement.recorded', 'Statement recorded'), ('source.checked', 'Checked, nothing new'), ('check.retracted', 'Check taken back'), ('event.rectified', 'Event rectified'), ('assessment.rectified', 'Claim rectified'), ('commitment.rectified', 'Commitment rectified'), ('statement.rectified', 'Statement rectified'), ('procedure.rectified', 'Procedure rectified'), ('party.rectified', 'State or organisation rectified')], max_length=24, verbose_name='type'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['logged_in', 'logged_out', 'login_failed', 'locked_out', 'factor_added', 'factor_passed', 'factor_failed', 'factor_reset', 'token_used', 'token_changed', 'recorded', 'rectified', 'checked', 'unchecked', 'filed', 'accepted', 'rejected', 'imported', 'exported', 'account_changed', 'account_asked', 'account_refused', 'password_changed', 'confirmed', 'session_ended', 'watch_changed'])), name='audit_entry_action_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['party.recorded', 'procedure.recorded', 'accession.opened', 'accession.changed', 'event.recorded', 'event.sourced', 'requirement.added', 'requirement.removed', 'stage.changed', 'commitment.recorded', 'commitment.sourced', 'commitment.assessed', 'statement.recorded', 'source.checked', 'check.retracted', 'event.rectified', 'assessment.rectified', 'commitment.rectified', 'statement.rectified', 'procedure.rectified', 'party.rectified'])), name='change_type_is_known'),
        ),
    ]
