"""Opening accessions, and saying that one was looked at."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from tracker.actions.changelog import LogTransaction, log_transaction
from tracker.domain.exceptions import NotAnApplicant, NotOnRecord
from tracker.domain.standing import process_of
from tracker.domain.standing.documents import milestones_document
from tracker.domain.vocabulary import ChangeType, Origin, PartyKind
from tracker.models import Accession, Party, Ratification


def open_accessions(log: LogTransaction, codes: Iterable[str]) -> set[str]:
    """Open those accessions that are not on record yet; all the codes that were given. Raises `NotAnApplicant`."""
    wanted = set(codes)
    known = set(Accession.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    new = sorted(wanted - known)
    _check_can_accede(new)
    for code in new:
        position = log.append(ChangeType.ACCESSION_OPENED, {"accession": code}, origin=Origin.RULE, accession=code)
        Accession.objects.create(
            applicant_id=code, recorded=position, standing=before_anything(code, log.today), settled_on=log.today
        )
    return wanted


def _check_can_accede(codes: Sequence[str]) -> None:
    able = Party.objects.filter(code__in=codes, kind=PartyKind.STATE).exclude(founding_member=True)
    if unable := sorted(set(codes) - set(able.values_list("code", flat=True))):
        raise NotAnApplicant(unable[0])


def before_anything(code: str, day: date) -> dict[str, Any]:
    """The milestones of an accession of which nothing is on record yet."""
    return milestones_document(process_of(code, ()).milestones, day)


def check_ratification(*, accession: str, ally: str, by: User | None, origin: Origin = Origin.EDITOR) -> Ratification:
    """Say in the open that one ally's ratification was looked at and nothing new was found.

    Raises `NotOnRecord` where the protocol does not need this ally.
    """
    with log_transaction(by=by, origin=origin, notify=False) as log:
        found = Ratification.objects.filter(accession_id=accession, ally_id=ally, required=True).first()
        if found is None:
            raise NotOnRecord("ratification", f"{accession}/{ally}")
        found.last_checked_at = log.now
        found.save(update_fields=["last_checked_at"])
        payload = {"accession": accession, "ally": ally, "checked_at": log.now.isoformat()}
        log.append(ChangeType.SOURCE_CHECKED, payload, accession=accession, ally=ally)
    return found
