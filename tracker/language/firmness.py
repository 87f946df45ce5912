"""How firmly a fact is sourced, in words that follow from the sources shown."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.facts import Source
from tracker.domain.firmness import firmness_of
from tracker.domain.vocabulary import Confidence
from tracker.language.words import say_date


def say_firmness(sources: Iterable[Source], confidence: Confidence) -> list[str]:
    """How many publishers, the nearest class and the first day of publication; what the editors doubt stands apart."""
    found = firmness_of(sources)
    if not found.publishers:
        return [str(Confidence.LOW.label)]
    count = ngettext("%(count)d independent publisher", "%(count)d independent publishers", found.publishers)
    said = [count % {"count": found.publishers}]
    if found.nearest:
        said.append(_("nearest to the act: %(class)s") % {"class": found.nearest.label})
    if found.first:
        said.append(_("first published: %(day)s") % {"day": say_date(found.first)})
    return [*said, _("the editors hold it to be doubtful")] if confidence is Confidence.LOW else said
