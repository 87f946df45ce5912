"""Each act as a clause: that somebody did it, and that somebody had not done it by a day."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Milestone, Stage

Turn = Stage | Milestone

_DONE: Final[Mapping[Turn, Any]] = {
    Stage.SUBMITTED: _("%(of_state)s accession was put before parliament by %(ally)s"),
    Stage.APPROVED: _("%(ally)s approved %(of_state)s accession"),
    Stage.ASSENTED: _("%(of_ally)s law or instrument on %(of_state)s accession was signed"),
    Stage.DEPOSITED: _("%(of_ally)s instrument on %(of_state)s accession was deposited"),
    Milestone.APPLIED: _("%(state)s applied for membership"),
    Milestone.INVITED: _("%(state)s was invited to join"),
    Milestone.SIGNED: _("the protocol on %(of_state)s accession was signed"),
    Milestone.IN_FORCE: _("the protocol on %(of_state)s accession entered into force"),
    Milestone.ACCEDED: _("%(state)s became a member of NATO"),
    Milestone.WITHDRAWN: _("%(state)s withdrew its application"),
}
_NOT_DONE: Final[Mapping[Turn, Any]] = {
    Stage.SUBMITTED: _("by %(day)s %(of_state)s accession had not been put before parliament by %(ally)s"),
    Stage.APPROVED: _("by %(day)s %(ally)s had not approved %(of_state)s accession"),
    Stage.ASSENTED: _("by %(day)s %(of_ally)s law or instrument on %(of_state)s accession had not been signed"),
    Stage.DEPOSITED: _("by %(day)s %(of_ally)s instrument on %(of_state)s accession had not been deposited"),
    Milestone.APPLIED: _("no application of %(state)s by %(day)s is on record"),
    Milestone.INVITED: _("by %(day)s %(state)s had not been invited to join"),
    Milestone.SIGNED: _("by %(day)s no protocol on %(of_state)s accession had been signed"),
    Milestone.IN_FORCE: _("by %(day)s no protocol on %(of_state)s accession was in force"),
    Milestone.ACCEDED: _("by %(day)s %(state)s was not a member of NATO"),
    Milestone.WITHDRAWN: _("no withdrawal of %(state)s by %(day)s is on record"),
}


def who_did(turn: Turn) -> str:
    """That it was done, with room for the names."""
    return str(_DONE[turn])


def had_not(turn: Turn) -> str:
    """That it had not been done by a day, with room for the names and the day."""
    return str(_NOT_DONE[turn])
