"""The words of the trade, and the tables that say what each is evidence for. No database in here.

The tables are the rules: the methodology page prints them and the tests walk them.
"""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The code of the alliance itself, which invites and signs.
ALLIANCE: Final = "NATO"


class PartyKind(TextChoices):
    """What a party to an act or a claim is."""

    STATE = "state", _("State")
    ORGANISATION = "organisation", _("Organisation")
    OTHER = "other", _("Other")


class EventKind(TextChoices):
    """What happened, in the order of the procedure."""

    PARTNERSHIP_JOINED = "partnership_joined", _("Entry into a partnership")
    PARTNERSHIP_LEFT = "partnership_left", _("Departure from a partnership")
    DIALOGUE_REQUESTED = "dialogue_requested", _("Request for the Intensified Dialogue")
    INTENSIFIED_DIALOGUE = "intensified_dialogue", _("Start of the Intensified Dialogue")
    MAP_REQUESTED = "map_requested", _("Request for a Membership Action Plan (MAP)")
    MAP_GRANTED = "map_granted", _("Membership Action Plan (MAP)")
    APPLICATION = "application", _("Application for membership")
    INVITATION = "invitation", _("Invitation")
    ACCESSION_TALKS = "accession_talks", _("Accession talks")
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    PROTOCOL_SIGNED = "protocol_signed", _("Signature of the protocol")
    OPINION = "opinion", _("Opinion of a council or chamber")
    SUBMITTED = "submitted", _("Submission to parliament")
    LAID = "laid", _("Laying before parliament")
    REFERRED = "referred", _("Referral to committee")
    COMMITTEE_REPORT = "committee_report", _("Committee report")
    COMMITTEE_VOTE = "committee_vote", _("Committee vote")
    CHAMBER_VOTE = "chamber_vote", _("Vote in plenary")
    EXECUTIVE_APPROVAL = "executive_approval", _("Approval by the government")
    CONSENT = "consent", _("Completion of approval")
    ASSENTED = "assented", _("Signature of the head of state")
    PUBLISHED = "published", _("Publication in the gazette")
    RATIFIED = "ratified", _("Called “ratified” by the source")
    DEPOSITED = "deposited", _("Deposit of the instrument")
    RECALLED = "recalled", _("Recall of an act")
    RESERVATION = "reservation", _("Reservation or declaration")
    REFERENDUM = "referendum", _("Referendum")
    PROTOCOL_IN_FORCE = "protocol_in_force", _("Entry into force of the protocol")
    INVITATION_LETTER = "invitation_letter", _("Invitation to accede")
    APPLICANT_VOTE = "applicant_vote", _("Vote in the applicant’s parliament")
    APPLICANT_RATIFIED = "applicant_ratified", _("Applicant’s decision to accede")
    APPLICANT_ASSENTED = "applicant_assented", _("Signature of the applicant’s head of state")
    APPLICANT_PUBLISHED = "applicant_published", _("Publication in the applicant’s gazette")
    APPLICANT_DEPOSITED = "applicant_deposited", _("Deposit of the instrument of accession")
    ACCEDED = "acceded", _("Start of membership")
    FLAG_RAISED = "flag_raised", _("Flag raising")
    WITHDRAWN = "withdrawn", _("Withdrawal of the application")
    STRUCTURE_LEFT = "structure_left", _("Departure from the military structure")
    STRUCTURE_REJOINED = "structure_rejoined", _("Return to the military structure")
    PLAN_POSTPONED = "plan_postponed", _("Postponement")
    PLAN_CANCELLED = "plan_cancelled", _("Cancellation")
    STATEMENT = "statement", _("Statement")
    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Telephone call")
    AGREEMENT_SIGNED = "agreement_signed", _("Signature of an agreement")
    OBJECTION = "objection", _("Objection")
    CONDITION_RAISED = "condition_raised", _("Setting of a condition")
    APPOINTMENT = "appointment", _("Appointment")
    OTHER = "other", _("Other")


class StepKind(TextChoices):
    """What a step of an ally's procedure does."""

    COUNCIL_OPINION = "council_opinion", _("Opinion of a council")
    CHAMBER_OPINION = "chamber_opinion", _("Opinion of a chamber")
    EXECUTIVE_APPROVAL = "executive_approval", _("Approval by the government")
    SUBMITTED = "submitted", _("Submission to parliament")
    LAID = "laid", _("Laying before parliament")
    REFERRED = "referred", _("Referral to committee")
    COMMITTEE_REPORT = "committee_report", _("Committee report")
    COMMITTEE_VOTE = "committee_vote", _("Committee vote")
    CHAMBER_VOTE = "chamber_vote", _("Vote in plenary")
    JOINT_SITTING_VOTE = "joint_sitting_vote", _("Vote of both chambers in one sitting")
    TACIT_APPROVAL = "tacit_approval", _("Tacit approval, as nobody asked for a vote")
    REFERENDUM = "referendum", _("Referendum")
    CONSENT = "consent", _("Parliamentary approval")
    ASSENTED = "assented", _("Signature of the head of state")
    RATIFIED = "ratified", _("Signature of the instrument")
    PUBLISHED = "published", _("Publication in the gazette")
    DEPOSITED = "deposited", _("Deposit of the instrument")
    NOTIFIED = "notified", _("Notification of acceptance to the depositary")


class Stage(TextChoices):
    """How far one ally has come with one accession protocol, in order."""

    SIGNED = "signed", _("Protocol signed")
    SUBMITTED = "submitted", _("Before parliament")
    APPROVED = "approved", _("Approved")
    ASSENTED = "assented", _("Law or instrument signed")
    DEPOSITED = "deposited", _("Instrument deposited")


# The stages that an act of the ally can date, first to last; `signed` is dated by the protocol itself.
LADDER: Final[tuple[Stage, ...]] = tuple(Stage)[1:]


class AccessionStatus(TextChoices):
    """How far one applicant has come, in order; `withdrawn` stands apart."""

    ASPIRANT = "aspirant", _("Aspirant")
    APPLICANT = "applicant", _("Applicant")
    INVITED = "invited", _("Invitee")
    SIGNED = "signed", _("Protocol signed, ratification under way")
    IN_FORCE = "in_force", _("Protocol in force, not yet a member")
    MEMBER = "member", _("Member")
    WITHDRAWN = "withdrawn", _("Application withdrawn")


class Milestone(TextChoices):
    """A dated turn in an accession as a whole."""

    APPLIED = "applied", _("Application")
    INVITED = "invited", _("Invitation")
    SIGNED = "signed", _("Signature of the protocol")
    IN_FORCE = "in_force", _("Entry into force of the protocol")
    ACCEDED = "acceded", _("Membership")
    WITHDRAWN = "withdrawn", _("Withdrawal of the application")


class Reached(TextChoices):
    """The answers to “had it happened by that day?”; the last where nothing on record says that it ever did."""

    REACHED = "reached", _("reached")
    UNKNOWN = "unknown", _("unknown")
    NOT_REACHED = "not_reached", _("not reached")
    NOT_ON_RECORD = "not_on_record", _("not on record")


class Basis(TextChoices):
    """Why we give a stage the date we give it."""

    ACT = "act", _("an act on record")
    NARROWED = "narrowed", _("an act on record, its date narrowed by other acts")
    LATER_ACT = "later_act", _("inferred: a later step is on record")
    IN_FORCE = "in_force", _("inferred: the protocol is in force, so every ally had deposited")
    VOTES = "votes", _("inferred: every chamber that has to vote has voted for it")
    ORDINAL = "ordinal", _("inferred: by the place of another ally in the count")


class Outcome(TextChoices):
    """How a vote ended, as its source says; without one, the tally and the majority that was needed decide."""

    CARRIED = "carried", _("carried")
    LOST = "lost", _("lost")
    NOT_TOLD = "not_told", _("outcome not on record")


class Majority(TextChoices):
    """How large a part of the votes a decision needs."""

    SIMPLE = "simple", _("more votes for than against")
    ABSOLUTE = "absolute", _("more than half")
    TWO_THIRDS = "two_thirds", _("two thirds")
    THREE_QUARTERS = "three_quarters", _("three quarters")


class MajorityBase(TextChoices):
    """Of whom a majority is counted: those who vote for or against, those who take part, or all members."""

    VOTING = "voting", _("of those voting for or against")
    PRESENT = "present", _("of those taking part, abstentions included")
    MEMBERS = "members", _("of all members")


class StepState(TextChoices):
    """How a step of a procedure stands in one round. Only an act on record does a step."""

    DONE = "done", _("done")
    OPEN = "open", _("still to come")
    NOT_USED = "not_used", _("not used")
    NOT_ON_RECORD = "not_on_record", _("no act on record")


class PlanState(TextChoices):
    """What has become of something that was announced for a day. None of these counts as an act."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("took place")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    UNKNOWN = "unknown", _("its day has come; what became of it is not on record")


class Confidence(TextChoices):
    """How firmly a fact is sourced."""

    HIGH = "high", _("Official source, or two publishers")
    MEDIUM = "medium", _("One publisher")
    LOW = "low", _("General knowledge, source wanted")


class SourceClass(TextChoices):
    """Who publishes a source, nearest to the act first."""

    DEPOSITARY = "depositary", _("Depositary")
    GAZETTE = "gazette", _("Official gazette")
    PARLIAMENT = "parliament", _("Parliament")
    GOVERNMENT = "government", _("Government")
    ORGANISATION = "organisation", _("Organisation")
    AGENCY = "agency", _("News agency")
    MEDIA = "media", _("Media")
    REFERENCE = "reference", _("Reference work")
    SOCIAL = "social", _("Social media, forum or blog")


class CommitmentKind(TextChoices):
    """Whether something was promised, or asked for."""

    COMMITMENT = "commitment", _("Commitment")
    CONDITION = "condition", _("Condition")


class CommitmentCategory(TextChoices):
    """What a commitment is about."""

    COUNTER_TERRORISM = "counter_terrorism", _("Counter-terrorism")
    ARMS_EXPORT = "arms_export", _("Arms export")
    LEGISLATION = "legislation", _("Legislation")
    EXTRADITION = "extradition", _("Extradition")
    EU_PROCESS = "eu_process", _("EU process")
    BILATERAL_MECHANISM = "bilateral_mechanism", _("Bilateral mechanism")
    NAME_DISPUTE = "name_dispute", _("Name dispute")
    RULE_OF_LAW = "rule_of_law", _("Rule of law")
    OTHER = "other", _("Other")


class PartyRole(TextChoices):
    """On which side of a commitment a party stands."""

    ASKS = "asks", _("asks")
    OWES = "owes", _("owes")


class Claim(TextChoices):
    """What one party says of a commitment. None of these is a verdict of ours."""

    ASKED = "asked", _("asked")
    PLEDGED = "pledged", _("pledged")
    IN_PROGRESS = "in_progress", _("in progress")
    PARTLY = "partly", _("fulfilled in part")
    FULFILLED = "fulfilled", _("fulfilled")
    DISPUTED = "disputed", _("disputed")
    REJECTED = "rejected", _("rejected")
    BREACHED = "breached", _("breached")
    WITHDRAWN = "withdrawn", _("withdrawn")
    WAIVED = "waived", _("waived")
    LAPSED = "lapsed", _("lapsed")
    SUPERSEDED = "superseded", _("superseded")


class ClaimRole(TextChoices):
    """In which part of a commitment somebody speaks of it."""

    ASKS = "asks", _("who asks")
    OWES = "owes", _("who owes")
    THIRD = "third", _("third parties")


class FigureBound(TextChoices):
    """How closely a speaker put a figure."""

    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")


class SpeakerKind(TextChoices):
    """Who speaks. Only the organs of a state, the first five, speak for it."""

    HEAD_OF_STATE = "head_of_state", _("head of state")
    GOVERNMENT = "government", _("government")
    PARLIAMENT = "parliament", _("parliament")
    COURT = "court", _("court")
    AGENCY = "agency", _("public agency")
    MEMBERS = "members", _("members of parliament")
    PARTY_IN_GOVERNMENT = "party_in_government", _("party that governs or supports the government")
    OPPOSITION = "opposition", _("opposition party")
    ORGANISATION = "organisation", _("organisation")
    MEDIA = "media", _("media")
    UNNAMED = "unnamed", _("unnamed source")


class StatementForm(TextChoices):
    """How something was said: what a text says and what is said of it in speech are kept apart."""

    TEXT = "text", _("written text")
    SPOKEN = "spoken", _("spoken")
    ACT = "act", _("act")
    REPORT = "report", _("report by others")


class RelationKind(TextChoices):
    """How a speaker ties one commitment to another."""

    DEPENDS_ON = "depends_on", _("depends on")
    SUPERSEDED_BY = "superseded_by", _("superseded by")
    RESTATED_IN = "restated_in", _("restated in")


class ClaimBasis(TextChoices):
    """Whether a party said it, or showed it by an act."""

    STATED = "stated", _("stated")
    ACT = "act", _("shown by an act")


class Origin(TextChoices):
    """By which door a fact came onto the record."""

    DATASET = "dataset", _("Supplied with the site")
    EDITOR = "editor", _("Editor")
    REPORT = "report", _("Accepted report")
    RULE = "rule", _("Rule")


class ReportChannel(TextChoices):
    """By which way a report came."""

    FORM = "form", _("Form")
    API = "api", _("API")
    IMPORT = "import", _("Import")
    WATCH = "watch", _("Watch")


class ReportState(TextChoices):
    """What has become of a report."""

    FILED = "filed", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Proposes(TextChoices):
    """What a report holds. The desk speaks English, so these are not translated."""

    EVENT = "event", "An event"
    CHANGE = "change", "A change of the record"


class Verb(TextChoices):
    """What a proposed change does to its subject. The desk speaks English, so these are not translated."""

    RECORD = "record", "Put on record"
    RECTIFY = "rectify", "Rectify"
    RETRACT = "retract", "Take back"
    CITE = "cite", "Cite a further source"


class AuditAction(TextChoices):
    """What somebody did that the audit trail keeps. The desk speaks English, so these are not translated."""

    LOGGED_IN = "logged_in", "Logged in"
    LOGGED_OUT = "logged_out", "Logged out"
    LOGIN_FAILED = "login_failed", "Log-in failed"
    LOCKED_OUT = "locked_out", "Locked out"
    FACTOR_ADDED = "factor_added", "Second factor set up"
    FACTOR_PASSED = "factor_passed", "Second factor given"
    FACTOR_FAILED = "factor_failed", "Second factor wrong"
    FACTOR_RESET = "factor_reset", "Second factor taken away"
    TOKEN_USED = "token_used", "Token used"
    TOKEN_CHANGED = "token_changed", "Token made or revoked"
    RECORDED = "recorded", "Put on record"
    RECTIFIED = "rectified", "Put right"
    CHECKED = "checked", "Checked, nothing new"
    UNCHECKED = "unchecked", "Check taken back"
    FILED = "filed", "Report filed"
    ACCEPTED = "accepted", "Report accepted"
    REJECTED = "rejected", "Report rejected"
    IMPORTED = "imported", "Imported"
    EXPORTED = "exported", "Exported"
    ACCOUNT_CHANGED = "account_changed", "Account changed"
    ACCOUNT_ASKED = "account_asked", "Change of an account asked for"
    ACCOUNT_REFUSED = "account_refused", "Change of an account refused"
    PASSWORD_CHANGED = "password_changed", "Own password changed"
    CONFIRMED = "confirmed", "Password given again"
    SESSION_ENDED = "session_ended", "Log-in ended"
    WATCH_CHANGED = "watch_changed", "Watch changed"


class AccountWish(TextChoices):
    """What an operator may want to be done to somebody's account."""

    ROLES = "roles", "Other roles"
    PASSWORD = "password", "A new password"
    FACTORS = "factors", "Second factors taken away"


class WishState(TextChoices):
    """What became of it."""

    WAITS = "waits", "Waits"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


class WatchState(TextChoices):
    """How a watched source stands."""

    DUE = "due", _("Due")
    FETCHED = "fetched", _("Read, nothing relevant")
    UNCHANGED = "unchanged", _("Unchanged")
    CHANGED = "changed", _("Changed, something to review")
    FAILING = "failing", _("Failing")
    PAUSED = "paused", _("Paused")


class RobotsVerdict(TextChoices):
    """What follows from the robots.txt of a host, or from there being none."""

    RULES = "rules", "It has rules"
    EVERYTHING = "everything", "Everything may be asked"
    NOTHING = "nothing", "Nothing may be asked for now"


class LinkState(TextChoices):
    """Whether a cited address still answers."""

    NEW = "new", "Not asked yet"
    ALIVE = "alive", "Answers"
    FAILING = "failing", "Did not answer, tried again"
    DEAD = "dead", "Gone"
    FRONT = "front", "Leads to a front page"
    LOGIN = "login", "Behind a log-in"
    UNASKED = "unasked", "May not be asked by machines"


class Light(TextChoices):
    """How something that runs by itself stands, at a glance."""

    GREEN = "green", _("In order")
    AMBER = "amber", _("Needs attention")
    GREY = "grey", _("Not in use")


class Subject(TextChoices):
    """What a rectification can put right."""

    EVENT = "event", _("Event")
    ASSESSMENT = "assessment", _("Assessment")
    STATEMENT = "statement", _("Statement")
    COMMITMENT = "commitment", _("Commitment")
    PROCEDURE = "procedure", _("Procedure")
    PARTY = "party", _("Party")


class ChangeType(TextChoices):
    """What an entry of the public log tells."""

    PARTY_RECORDED = "party.recorded", _("State or organisation recorded")
    PROCEDURE_RECORDED = "procedure.recorded", _("Procedure recorded")
    ACCESSION_OPENED = "accession.opened", _("Accession opened")
    ACCESSION_CHANGED = "accession.changed", _("Accession changed")
    EVENT_RECORDED = "event.recorded", _("Event recorded")
    EVENT_SOURCED = "event.sourced", _("Source added to an event")
    REQUIREMENT_ADDED = "requirement.added", _("Ally required to ratify")
    REQUIREMENT_REMOVED = "requirement.removed", _("Ally no longer required to ratify")
    STAGE_CHANGED = "stage.changed", _("Stage changed")
    COMMITMENT_RECORDED = "commitment.recorded", _("Commitment recorded")
    COMMITMENT_SOURCED = "commitment.sourced", _("Source added to a commitment")
    COMMITMENT_ASSESSED = "commitment.assessed", _("Claim on a commitment recorded")
    STATEMENT_RECORDED = "statement.recorded", _("Statement recorded")
    SOURCE_CHECKED = "source.checked", _("Checked, nothing new")
    CHECK_RETRACTED = "check.retracted", _("Check taken back")
    EVENT_RECTIFIED = "event.rectified", _("Event rectified")
    ASSESSMENT_RECTIFIED = "assessment.rectified", _("Claim rectified")
    COMMITMENT_RECTIFIED = "commitment.rectified", _("Commitment rectified")
    STATEMENT_RECTIFIED = "statement.rectified", _("Statement rectified")
    PROCEDURE_RECTIFIED = "procedure.rectified", _("Procedure rectified")
    PARTY_RECTIFIED = "party.rectified", _("State or organisation rectified")


# Which act is evidence for which stage. Acts come in any order (Norway voted before the protocol was
# signed; Czechia published three years after it deposited), so nothing here forbids an order.
# A vote in one chamber, the government's go-ahead and what a source merely calls “ratified” are
# evidence for no stage: the first may be half of it, the last may be any of five acts.
EVIDENCE: Final[Mapping[EventKind, Stage]] = {
    EventKind.SUBMITTED: Stage.SUBMITTED,
    EventKind.LAID: Stage.SUBMITTED,
    EventKind.REFERRED: Stage.SUBMITTED,
    EventKind.CONSENT: Stage.APPROVED,
    EventKind.ASSENTED: Stage.ASSENTED,
    EventKind.DEPOSITED: Stage.DEPOSITED,
}

# Acts that a parliament can only do with a text before it: the text was submitted by then.
SHOWS_SUBMISSION: Final[frozenset[EventKind]] = frozenset(
    {EventKind.COMMITTEE_REPORT, EventKind.COMMITTEE_VOTE, EventKind.CHAMBER_VOTE}
)

# An ally's own acts on a protocol: they need a ratification to belong to.
ALLY_ACTS: Final[frozenset[EventKind]] = frozenset(
    {
        *EVIDENCE,
        *SHOWS_SUBMISSION,
        EventKind.EXECUTIVE_APPROVAL,
        EventKind.OPINION,
        EventKind.PUBLISHED,
        EventKind.RATIFIED,
        EventKind.RECALLED,
        EventKind.RESERVATION,
    }
)

# What only becomes of a plan; it is no act, and dates nothing.
ENDS_A_PLAN: Final[Mapping[EventKind, PlanState]] = {
    EventKind.PLAN_POSTPONED: PlanState.POSTPONED,
    EventKind.PLAN_CANCELLED: PlanState.CANCELLED,
}

MILESTONE_OF: Final[Mapping[EventKind, Milestone]] = {
    EventKind.APPLICATION: Milestone.APPLIED,
    EventKind.INVITATION: Milestone.INVITED,
    EventKind.PROTOCOL_SIGNED: Milestone.SIGNED,
    EventKind.PROTOCOL_IN_FORCE: Milestone.IN_FORCE,
    EventKind.ACCEDED: Milestone.ACCEDED,
    EventKind.WITHDRAWN: Milestone.WITHDRAWN,
}

# What shows that a state wanted to join before it had applied: a partnership alone does not.
SHOWS_ASPIRATION: Final = frozenset({EventKind.INTENSIFIED_DIALOGUE, EventKind.MAP_GRANTED})

STATUS_AFTER: Final[Mapping[Milestone, AccessionStatus]] = {
    Milestone.APPLIED: AccessionStatus.APPLICANT,
    Milestone.INVITED: AccessionStatus.INVITED,
    Milestone.SIGNED: AccessionStatus.SIGNED,
    Milestone.IN_FORCE: AccessionStatus.IN_FORCE,
    Milestone.ACCEDED: AccessionStatus.MEMBER,
}

# A step of a procedure is done by an act of one of these kinds.
STEP_DONE_BY: Final[Mapping[StepKind, frozenset[EventKind]]] = {
    StepKind.COUNCIL_OPINION: frozenset({EventKind.OPINION}),
    StepKind.CHAMBER_OPINION: frozenset({EventKind.OPINION, EventKind.CHAMBER_VOTE}),
    StepKind.REFERRED: frozenset({EventKind.REFERRED}),
    StepKind.JOINT_SITTING_VOTE: frozenset({EventKind.CHAMBER_VOTE}),
    StepKind.TACIT_APPROVAL: frozenset({EventKind.CONSENT}),
    StepKind.REFERENDUM: frozenset({EventKind.REFERENDUM}),
    StepKind.SUBMITTED: frozenset({EventKind.SUBMITTED, EventKind.LAID, EventKind.REFERRED}),
    StepKind.LAID: frozenset({EventKind.LAID, EventKind.SUBMITTED}),
    StepKind.COMMITTEE_REPORT: frozenset({EventKind.COMMITTEE_REPORT, EventKind.COMMITTEE_VOTE}),
    StepKind.COMMITTEE_VOTE: frozenset({EventKind.COMMITTEE_REPORT, EventKind.COMMITTEE_VOTE}),
    StepKind.CHAMBER_VOTE: frozenset({EventKind.CHAMBER_VOTE}),
    StepKind.EXECUTIVE_APPROVAL: frozenset({EventKind.EXECUTIVE_APPROVAL}),
    StepKind.CONSENT: frozenset({EventKind.CONSENT}),
    StepKind.ASSENTED: frozenset({EventKind.ASSENTED}),
    StepKind.RATIFIED: frozenset({EventKind.RATIFIED, EventKind.ASSENTED}),
    StepKind.PUBLISHED: frozenset({EventKind.PUBLISHED}),
    StepKind.DEPOSITED: frozenset({EventKind.DEPOSITED}),
    StepKind.NOTIFIED: frozenset({EventKind.DEPOSITED}),
}

# With this stage reached, a step of that kind no longer lies ahead, whether or not an act of it is on record.
STEP_BEHIND_AT: Final[Mapping[StepKind, Stage]] = {
    StepKind.COUNCIL_OPINION: Stage.APPROVED,
    StepKind.CHAMBER_OPINION: Stage.APPROVED,
    StepKind.REFERRED: Stage.APPROVED,
    StepKind.JOINT_SITTING_VOTE: Stage.APPROVED,
    StepKind.TACIT_APPROVAL: Stage.APPROVED,
    StepKind.REFERENDUM: Stage.APPROVED,
    StepKind.EXECUTIVE_APPROVAL: Stage.SUBMITTED,
    StepKind.SUBMITTED: Stage.APPROVED,
    StepKind.LAID: Stage.APPROVED,
    StepKind.COMMITTEE_REPORT: Stage.APPROVED,
    StepKind.COMMITTEE_VOTE: Stage.APPROVED,
    StepKind.CHAMBER_VOTE: Stage.APPROVED,
    StepKind.CONSENT: Stage.APPROVED,
    StepKind.ASSENTED: Stage.ASSENTED,
    StepKind.RATIFIED: Stage.DEPOSITED,
    StepKind.DEPOSITED: Stage.DEPOSITED,
    StepKind.NOTIFIED: Stage.DEPOSITED,
}
