"""What a search finds, as documents: what each hit is, what it is called, and where it is shown and answered."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from tracker.domain.canonical import Row
from tracker.language.grammar import as_owner
from tracker.language.sentences import answer
from tracker.readmodel.edition import Edition
from tracker.readmodel.search.finding import Found, Hit, HitKind, search

_RESOURCES: Final = {
    HitKind.STATE: "states/{0}/",
    HitKind.ACCESSION: "accessions/{0}/",
    HitKind.RATIFICATION: "accessions/{0}/ratifications/{1}/",
    HitKind.EVENT: "events/{0}/",
    HitKind.COMMITMENT: "commitments/{0}/",
}


def search_rows(record: Edition, day: date, text: str) -> list[Row]:
    """The hits of the search, the best first."""
    result = search(record, day, text)
    return [_row(record, day, hit, result) for hit in result.hits]


def _row(record: Edition, day: date, hit: Hit, result: Found) -> Row:
    return Row(
        key=f"{hit.kind.value}:{hit.key}",
        kind=hit.kind.value,
        title=_title(record, day, hit),
        page=hit.address,
        resource=_resource(hit),
        has_all_words=result.is_whole or hit.kind not in (HitKind.EVENT, HitKind.COMMITMENT),
    )


def _resource(hit: Hit) -> str | None:
    form = _RESOURCES.get(hit.kind)
    return f"/api/v1/{form.format(*hit.key.split('/'))}" if form else None


def _title(record: Edition, day: date, hit: Hit) -> str:
    names = record.english(day)
    if hit.kind is HitKind.ACCESSION:
        return answer(record.standing(hit.key, day), names)
    if hit.kind is HitKind.RATIFICATION:
        accession, ally = hit.key.split("/")
        return _("%(of_state)s accession protocol: %(ally)s") % {
            "ally": names[ally],
            "of_state": as_owner(names[accession]),
        }
    documents = {HitKind.EVENT: record.state.events, HitKind.COMMITMENT: record.state.commitments}
    if hit.kind in documents:
        return str(documents[hit.kind][hit.key]["title"])
    return names.get(hit.key, hit.key)
