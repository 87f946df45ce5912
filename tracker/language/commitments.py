"""Commitments in sentences: who asks whom, and the last word of each side, with nothing that judges either."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.domain.dates import PartialDate
from tracker.domain.facts import CommitmentFact, SpeakerFact
from tracker.domain.standing.speaking import VOICES
from tracker.domain.vocabulary import Claim
from tracker.language.words import in_turn, join, name_allies, say_date, say_number

# What each word says, for the methodology page; who may say it follows from a table of the domain.
MEANINGS: Final[Mapping[Claim, Promise]] = {
    Claim.ASKED: gettext_lazy("Who asks has put the demand, and says no more of it."),
    Claim.PLEDGED: gettext_lazy("Who owes undertakes to do it."),
    Claim.IN_PROGRESS: gettext_lazy("It has been begun, or is being dealt with."),
    Claim.PARTLY: gettext_lazy("A part of it has been done; the claim says which."),
    Claim.FULFILLED: gettext_lazy("It has been done."),
    Claim.DISPUTED: gettext_lazy("What another says of it is not so."),
    Claim.REJECTED: gettext_lazy("It will not be done, or is no condition."),
    Claim.BREACHED: gettext_lazy("An undertaking was broken; as a court finds, or as somebody says."),
    Claim.WITHDRAWN: gettext_lazy("The demand, or the pledge, is taken back by whoever made it."),
    Claim.WAIVED: gettext_lazy("Who asked goes on without it."),
    Claim.LAPSED: gettext_lazy("What it was tied to has passed without it."),
    Claim.SUPERSEDED: gettext_lazy("Another text has taken its place."),
}


class Word(NamedTuple):
    """The last word of one side: whose it is, what it says, and when it was said."""

    by: str
    status: Claim
    occurred: PartialDate


def say_sides(fact: CommitmentFact, names: Mapping[str, str]) -> str:
    """Who asks whom."""
    words = {"asking": name_allies(fact.asked_by, names), "owing": name_allies(fact.owed_by, names)}
    if fact.asked_by and fact.owed_by:
        return _("Asked by %(asking)s; owed by %(owing)s.") % words
    return (_("Asked by %(asking)s.") if fact.asked_by else _("Undertaken by %(owing)s.")) % words


def say_last_words(words: Sequence[Word], silent: Sequence[str], names: Mapping[str, str]) -> str:
    """The last word of each side, one after the other, and who of those that owe has said nothing on record."""
    told = [
        _("%(party)s: “%(claim)s” (%(day)s)")
        % {"party": names.get(word.by, word.by), "claim": word.status.label, "day": say_date(word.occurred)}
        for word in words
    ]
    sentences = [_("Last words on record: %(words)s.") % {"words": in_turn(told)}] if told else []
    if silent:
        parties = join([names.get(code, code) for code in silent])
        sentences.append(_("No word on record of: %(parties)s.") % {"parties": parties})
    return " ".join(sentences)


def say_speaker(speaker: SpeakerFact, names: Mapping[str, str]) -> str:
    """Who speaks, as what, of which state, and by whom it is told; the offices are in English, as in the record."""
    # A paper of no state in particular stands under the code of the voice.
    whose = "" if speaker.party in VOICES else names.get(speaker.party, speaker.party)
    named = ", ".join(filter(None, (speaker.office, speaker.person)))
    what = _("%(kind)s, %(party)s") % {"kind": speaker.kind.label, "party": whose} if whose else str(speaker.kind.label)
    told = _("%(named)s (%(what)s)") % {"named": named, "what": what} if named else what
    if not speaker.told_by:
        return told
    return _("%(speaker)s, as told by %(teller)s") % {"speaker": told, "teller": speaker.told_by}


def say_ago(said: PartialDate, day: date) -> str:
    """How long before a day something was said, counted from the last day on which it can have been."""
    days = (day - (said.latest or day)).days
    if days == 0:
        return _("on that day")
    return ngettext("%(count)s day before", "%(count)s days before", days) % {"count": say_number(days)}
