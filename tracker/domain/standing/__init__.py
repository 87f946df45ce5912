"""Where an ally, an accession and a commitment stand: pure functions of what is on record.

Two clocks, kept apart: `known` keeps what this site said at an edition (our clock), and every result
is an interval of days that `as_of` is compared with (the world's clock). Nothing in this package
reads a database or today's date.
"""

from tracker.domain.standing.accessions import (
    AccessionStanding,
    Process,
    counted_in,
    date_allies,
    date_ally,
    process_of,
    required_allies,
    stand_accession,
    stand_dated,
)
from tracker.domain.standing.acts import Act, Assessed, counting, known
from tracker.domain.standing.claims import PartyClaim, claims_on
from tracker.domain.standing.membership import Membership, memberships_in
from tracker.domain.standing.milestones import NO_DATE, StageDate, StageOnDay, Witness, date_by
from tracker.domain.standing.ordinals import Limit
from tracker.domain.standing.procedures import (
    Chamber,
    NextStep,
    Rules,
    Step,
    StepProgress,
    is_lost,
    next_steps,
    outcome_of_act,
    progress,
    rules_in_round,
)
from tracker.domain.standing.reduced import act_of, acts_of, rules_of, said_to_be_carried, spread
from tracker.domain.standing.stages import Bounds, RatificationStanding, date_stages, stand_ratification

__all__ = [
    "NO_DATE",
    "AccessionStanding",
    "Act",
    "Assessed",
    "Bounds",
    "Chamber",
    "Limit",
    "Membership",
    "NextStep",
    "PartyClaim",
    "Process",
    "RatificationStanding",
    "Rules",
    "StageDate",
    "StageOnDay",
    "Step",
    "StepProgress",
    "Witness",
    "act_of",
    "acts_of",
    "claims_on",
    "counted_in",
    "counting",
    "date_allies",
    "date_ally",
    "date_by",
    "date_stages",
    "is_lost",
    "known",
    "memberships_in",
    "next_steps",
    "outcome_of_act",
    "process_of",
    "progress",
    "required_allies",
    "rules_in_round",
    "rules_of",
    "said_to_be_carried",
    "spread",
    "stand_accession",
    "stand_dated",
    "stand_ratification",
]
