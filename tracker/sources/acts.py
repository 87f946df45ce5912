"""What a headline reports as done: the one act that its words affirm, or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.vocabulary import EventKind
from tracker.sources.actors import owners
from tracker.sources.phrases import Mention
from tracker.sources.reading import ACTS, VOIDS, Reading

# How many clauses off the matter of an act may stand: “ratified, at last, the accession”.
_REACH: Final = 2
_MATTER: Final = ("enlargement", "alliance", "protocol", "instrument")
# Acts of the alliance and of the applicants, in which no ally acts alone.
_SHARED: Final = {
    "join": EventKind.ACCEDED,
    "apply": EventKind.APPLICATION,
    "invite": EventKind.INVITATION,
    "protocols": EventKind.PROTOCOL_SIGNED,
}
# What is an act by its words alone, whoever is named beside it; the first of them counts.
_PLAIN: Final = {
    "publish": EventKind.PUBLISHED,
    "deposit": EventKind.DEPOSITED,
    "submit": EventKind.SUBMITTED,
}


@dataclass(frozen=True, slots=True)
class Act:
    """The acts that a text affirms in one clause: what their words are signs of, and what the first of them is."""

    labels: frozenset[str]
    clause: int
    start: int
    first: frozenset[str]
    is_single: bool

    def is_shared(self, reading: Reading) -> bool:
        """Whether it is no act that an ally does alone: an invitation, a protocol that is signed by all."""
        if self.labels & {"yes", "back", "ratify", "deposit", "publish", "submit"}:
            return False
        return "sign" not in self.labels or not reading.has("head", "person", "seat")


def act_of(reading: Reading, applicants: Collection[str]) -> Act | None:
    """What the text affirms as done, in the first clause that does; None where nothing is certain."""
    if reading.is_question or reading.has("past"):
        return None
    acts = [mention for mention in reading.of(*ACTS) if _is_affirmed(reading, mention, applicants)]
    if not acts:
        return None
    clause = reading.clause(acts[0])
    here = [act for act in acts if reading.clause(act) == clause]
    first = frozenset(act.label for act in here if act.start == here[0].start)
    is_single = all(act.start == here[0].start for act in here)
    return Act(frozenset(act.label for act in here), clause, here[0].start, first, is_single)


def _is_affirmed(reading: Reading, act: Mention, applicants: Collection[str]) -> bool:
    clause = reading.clause(act)
    voids = reading.of(*VOIDS)
    if any(reading.clause(void) == clause or (void.label == "said" and void.start < act.start) for void in voids):
        return False
    matters = [*reading.of(*_MATTER), *(name for name in reading.of("state", "capital") if name.code in applicants)]
    return any(
        abs(reading.clause(matter) - clause) <= _REACH and reading.part(matter) == reading.part(act)
        for matter in matters
    )


def kind_by_ally(reading: Reading, act: Act, allies: Collection[str]) -> EventKind | None:
    """The act, where an ally has done it."""
    for label, kind in _PLAIN.items():
        if label in act.labels and (label != "publish" or reading.has("gazette", "paper")):
            return kind
    if reading.has("committee") and act.labels & {"yes", "back", "ratify", "recommend"}:
        return EventKind.COMMITTEE_VOTE
    if {"yes", "sign"} <= act.labels and not act.is_single and reading.has("head") and _houses(reading):
        # “Parliament approved and the president signed”: two acts.
        return None
    return _of_heads(reading, act, allies) or _of_houses(reading, act)


def _of_heads(reading: Reading, act: Act, allies: Collection[str]) -> EventKind | None:
    """The signature, where one who may give it is named, or the state and no body.

    Of a protocol alone it is left open: one is signed for a parliament to approve it, and again when it has.
    """
    if "sign" not in act.labels or reading.has("speaker", "government"):
        return None
    is_head = reading.has("head", "person", "seat")
    if (act.labels & {"yes", "back", "ratify"} and not is_head) or _is_of_protocol_alone(reading, act):
        return None
    is_state = any(name.code in allies for name in reading.of("state", "capital"))
    return EventKind.ASSENTED if is_head or (is_state and not _houses(reading)) else None


def _is_of_protocol_alone(reading: Reading, act: Act) -> bool:
    here = [mention for mention in reading.of("text", "protocol") if reading.clause(mention) == act.clause]
    texts = {mention.start for mention in here if mention.label == "text"}
    return bool(texts) and all(set(mention.places) & texts for mention in here)


def _of_houses(reading: Reading, act: Act) -> EventKind | None:
    """The yes of a house or of a government; a person who agrees has promised something, and done nothing yet."""
    if "ratify" in act.labels and "yes" not in act.first:
        return EventKind.RATIFIED
    if not act.labels & {"yes", "back"} or reading.has("speaker") or _before(reading, act, "person", "head", "faction"):
        return None
    is_house = bool(_before(reading, act, "parliament", "body"))
    if _before(reading, act, "government"):
        return None if is_house else EventKind.EXECUTIVE_APPROVAL
    if _houses(reading):
        return EventKind.CHAMBER_VOTE
    # A state that backs, or gives its green light, may have promised no more than that.
    is_open = "yes" not in act.labels or reading.has("government", "head", "person", "seat", "party")
    return None if is_open else EventKind.CHAMBER_VOTE


def _before(reading: Reading, act: Act, *labels: str) -> list[Mention]:
    """The mentions of these labels that stand before the act, in its clause."""
    return [
        mention
        for mention in reading.of(*labels)
        if mention.start < act.start and reading.clause(mention) == act.clause
    ]


def _houses(reading: Reading) -> Sequence[Mention]:
    return reading.of("parliament", "body")


def kind_by_applicant(reading: Reading, act: Act, applicants: Collection[str]) -> EventKind | None:
    """The act, where the applicant or the alliance has done it: no ally is named."""
    if act.labels & {"yes", "back", "ratify"}:
        is_own = owners(reading, applicants) and not reading.has("committee")
        return EventKind.APPLICANT_VOTE if is_own else None
    kinds = {kind for label, kind in _SHARED.items() if label in act.labels}
    return kinds.pop() if len(kinds) == 1 else None
