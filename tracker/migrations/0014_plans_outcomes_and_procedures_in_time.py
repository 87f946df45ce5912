"""Plans, outcomes of votes, acts on several protocols, and procedures that were in use from one day to another."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0013_readers_are_plug_ins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='procedurestep',
            name='procedure_step_kind_is_known',
        ),
        migrations.AddField(
            model_name='chamber',
            name='majority',
            field=models.JSONField(blank=True, null=True, verbose_name='majority'),
        ),
        migrations.AddField(
            model_name='chamber',
            name='quorum',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='quorum'),
        ),
        migrations.AddField(
            model_name='event',
            name='also',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='also for'),
        ),
        migrations.AddField(
            model_name='event',
            name='announced',
            field=models.CharField(blank=True, db_default='', default='', max_length=21, verbose_name='announced'),
        ),
        migrations.AddField(
            model_name='event',
            name='follows',
            field=models.SlugField(blank=True, db_default='', default='', max_length=120, verbose_name='follows'),
        ),
        migrations.AddField(
            model_name='event',
            name='outcome',
            field=models.CharField(blank=True, choices=[('carried', 'carried'), ('lost', 'lost'), ('not_told', 'outcome not on record')], db_default='', default='', max_length=8, verbose_name='outcome'),
        ),
        migrations.AddField(
            model_name='event',
            name='planned',
            field=models.BooleanField(db_default=False, default=False, help_text='Announced for that day, and no act.', verbose_name='planned'),
        ),
        migrations.AddField(
            model_name='event',
            name='referendum',
            field=models.JSONField(blank=True, null=True, verbose_name='referendum'),
        ),
        migrations.AddField(
            model_name='event',
            name='step',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='step of the procedure'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='boundary',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='what began or ended it'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='earlier',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='earlier procedures'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='legal_basis',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='legal basis'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='paths_taken',
            field=models.JSONField(blank=True, db_default=models.Value([], output_field=models.JSONField()), default=list, verbose_name='paths taken'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='tacit_approval_possible',
            field=models.BooleanField(db_default=False, default=False, verbose_name='approval without a vote possible'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='valid_from',
            field=models.CharField(blank=True, db_default='', default='', max_length=10, verbose_name='in use from'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='valid_until',
            field=models.CharField(blank=True, db_default='', default='', max_length=10, verbose_name='in use until'),
        ),
        migrations.AddField(
            model_name='procedurestep',
            name='group',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='group of alternatives'),
        ),
        migrations.AddField(
            model_name='procedurestep',
            name='path',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='which of them'),
        ),
        migrations.AlterField(
            model_name='chamber',
            name='role',
            field=models.CharField(max_length=160, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('partnership_joined', 'Partnership joined'), ('partnership_left', 'Partnership left'), ('dialogue_requested', 'Intensified Dialogue asked for'), ('intensified_dialogue', 'Intensified Dialogue begun'), ('map_requested', 'Membership Action Plan asked for'), ('map_granted', 'Membership Action Plan granted'), ('application', 'Application'), ('invitation', 'Invitation'), ('accession_talks', 'Accession talks'), ('letter_of_intent', 'Letter of intent'), ('protocol_signed', 'Protocol signed'), ('opinion', 'Opinion of a council or chamber'), ('submitted', 'Submitted to parliament'), ('laid', 'Laid before parliament'), ('referred', 'Referred to committee'), ('committee_report', 'Committee report'), ('committee_vote', 'Committee vote'), ('chamber_vote', 'Vote in a chamber'), ('executive_approval', 'Approval by the government'), ('consent', 'Consent complete'), ('assented', 'Signed by the head of state'), ('published', 'Published in the gazette'), ('ratified', 'Called “ratified” by the source'), ('deposited', 'Instrument deposited'), ('recalled', 'An act recalled'), ('reservation', 'Reservation or declaration'), ('referendum', 'Referendum'), ('protocol_in_force', 'Protocol in force'), ('invitation_letter', 'Invitation to accede'), ('applicant_vote', 'Vote in the applicant’s parliament'), ('applicant_ratified', 'Applicant’s decision to accede'), ('applicant_assented', 'Promulgated or signed by the applicant’s head of state'), ('applicant_published', 'Published in the applicant’s gazette'), ('applicant_deposited', 'Instrument of accession deposited'), ('acceded', 'Became a member'), ('flag_raised', 'Flag raised'), ('withdrawn', 'Application withdrawn'), ('structure_left', 'Military structure left'), ('structure_rejoined', 'Military structure rejoined'), ('plan_postponed', 'Postponed'), ('plan_cancelled', 'Cancelled'), ('statement', 'Statement'), ('meeting', 'Meeting'), ('call', 'Call'), ('agreement_signed', 'Agreement signed'), ('objection', 'Objection'), ('condition_raised', 'Condition raised'), ('appointment', 'Appointment'), ('other', 'Other')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='procedurestep',
            name='kind',
            field=models.CharField(choices=[('council_opinion', 'A council gives its opinion'), ('chamber_opinion', 'A chamber gives its opinion'), ('executive_approval', 'The government approves'), ('submitted', 'Submitted to parliament'), ('laid', 'Laid before parliament'), ('referred', 'Referred to committee'), ('committee_report', 'The committee reports'), ('committee_vote', 'The committee votes'), ('chamber_vote', 'The chamber votes'), ('joint_sitting_vote', 'Both chambers vote in one sitting'), ('tacit_approval', 'Approved because nobody asked for a vote'), ('referendum', 'The people vote'), ('consent', 'Parliament consents'), ('assented', 'Signature of the head of state'), ('ratified', 'The instrument is signed'), ('published', 'Published in the gazette'), ('deposited', 'The instrument is deposited'), ('notified', 'Acceptance is notified to the depositary')], max_length=24, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['partnership_joined', 'partnership_left', 'dialogue_requested', 'intensified_dialogue', 'map_requested', 'map_granted', 'application', 'invitation', 'accession_talks', 'letter_of_intent', 'protocol_signed', 'opinion', 'submitted', 'laid', 'referred', 'committee_report', 'committee_vote', 'chamber_vote', 'executive_approval', 'consent', 'assented', 'published', 'ratified', 'deposited', 'recalled', 'reservation', 'referendum', 'protocol_in_force', 'invitation_letter', 'applicant_vote', 'applicant_ratified', 'applicant_assented', 'applicant_published', 'applicant_deposited', 'acceded', 'flag_raised', 'withdrawn', 'structure_left', 'structure_rejoined', 'plan_postponed', 'plan_cancelled', 'statement', 'meeting', 'call', 'agreement_signed', 'objection', 'condition_raised', 'appointment', 'other'])), name='event_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'carried', 'lost', 'not_told'])), name='event_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='procedurestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['council_opinion', 'chamber_opinion', 'executive_approval', 'submitted', 'laid', 'referred', 'committee_report', 'committee_vote', 'chamber_vote', 'joint_sitting_vote', 'tacit_approval', 'referendum', 'consent', 'assented', 'ratified', 'published', 'deposited', 'notified'])), name='procedure_step_kind_is_known'),
        ),
    ]
