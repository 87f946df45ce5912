"""The shipped facts are whole and well formed: the files alone, without loader or database."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DATA = Path(__file__).parents[3] / "tracker" / "exchange" / "dataset" / "data"

Fact = dict[str, Any]

LINES = {"parties": 51, "procedures": 32, "events": 1149, "commitments": 62, "statements": 188, "publishers": 1824}
CITATIONS = {"parties": 67, "procedures": 119, "events": 2588, "commitments": 621, "statements": 0}
CONFLICTS = {"parties": 0, "procedures": 1, "events": 123, "commitments": 9, "statements": 0}

# The keys of every object, by the file or the field it stands in; those with “?” are left out where they say nothing.
KEYS = {
    "parties": "code kind alpha2 capital founding_member names sources",
    "procedures": "ally valid_from valid_until? boundary legal_basis parliament chambers parliament_votes"
    " chambers_that_vote? steps majority referendum advance_consent_possible tacit_approval_possible? territorial_scope"
    " gazette open_data notes sources confidence unsourced_fields conflicts paths_taken? earlier?",
    "events": "key accession also? treaty actor with office kind date planned? announced? follows? step? votes outcome?"
    " referendum? ordinal? title detail sources conflicts confidence tags",
    "commitments": "key accession also kind category title detail asked_by owed_by office stems_from sources conflicts"
    " confidence assessments",
    "publishers": "host publisher class role country languages match former paths sure",
    "paths": "prefix publisher class",
    "names": "language text since until",
    "sources": "url title publisher class published quote quote_language archived_url",
    "conflicts": "field value url",
    "votes": "yes no abstain absent",
    "parliament": "name native website",
    "chambers": "name native seats seats_earlier role majority? quorum?",
    "majority": "share of at_least note",
    "legal_basis": "provision says",
    "paths_taken": "accessions group path note sources confidence",
    "ordinal": "number of",
    "referendum": "question electorate yes no turnout threshold valid binding",
    "seats_earlier": "until seats",
    "steps": "order kind body note alternative optional group? path?",
    "stems_from": "text date clause",
    "assessments": "key date by status basis office note confidence about? figures? due? sources",
    "statements": "key date place form title general speakers claims relations event sources confidence",
    "speakers": "party kind office person told_by",
    "relations": "kind of to",
    "figures": "count bound unit of",
    "due": "by wording",
}
CLASSES = {
    "depositary",
    "gazette",
    "parliament",
    "government",
    "organisation",
    "agency",
    "media",
    "reference",
    "social",
}
# These hosts store or send out papers of others, whose class the citation then has.
STORES = {
    "archive.org",
    "docplayer.fr",
    "docslib.org",
    "einpresswire.com",
    "fdocuments.net",
    "govinfo.gov",
    "gpo.gov",
    "newswire.ca",
    "parallelparliament.co.uk",
    "parlamento17.openpolis.it",
    "sttinfo.fi",
    "usinfo.org",
    "webarchive.library.unt.edu",
}


def lines(name: str) -> list[str]:
    """The lines of one file, each with its line end."""
    return (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def facts(name: str) -> list[Fact]:
    """The objects of one file."""
    return [json.loads(line) for line in lines(name)]


def objects(field: str, value: Any) -> Iterator[tuple[str, Fact]]:
    """Every object at or below the value, with the name of the field it stands in."""
    if isinstance(value, list):
        for item in value:
            yield from objects(field, item)
    elif isinstance(value, dict):
        yield field, value
        for key, item in value.items():
            yield from objects(key, item)


def all_of(field: str, *names: str) -> list[Fact]:
    """The objects that stand in this field, at any depth, in these files or in all."""
    return [found for name in names or LINES for at, found in objects(name, facts(name)) if at == field]


def earliest(text: str) -> date:
    """The first day of a date that may stop at the month or the year, or be a span; raises if it is no date."""
    first, *rest = text.split("/")
    assert len(rest) < 2
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", part) for part in (first, *rest))
    return date.fromisoformat(f"{first}-01-01"[:10])


def host(url: str) -> str:
    """The host of an address, without `www.` and the dot that may end it."""
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")


@pytest.mark.parametrize(("name", "count"), LINES.items())
def test_file_when_counted_then_has_every_line(name: str, count: int) -> None:
    assert len(lines(name)) == count


@pytest.mark.parametrize("name", LINES)
def test_line_when_parsed_and_written_again_then_is_the_same(name: str) -> None:
    for line in lines(name):
        assert json.dumps(json.loads(line), ensure_ascii=False) + "\n" == line


@pytest.mark.parametrize("name", LINES)
def test_object_when_read_then_has_all_its_keys_in_order(name: str) -> None:
    for field, found in objects(name, facts(name)):
        expected = KEYS["procedures" if field == "earlier" else field].split()
        known = [key.removesuffix("?") for key in expected if not key.endswith("?") or key[:-1] in found]
        assert list(found) == (known if field != "earlier" else known[1:]), found


@pytest.mark.parametrize("name", LINES)
def test_text_when_present_then_is_neither_empty_nor_padded(name: str) -> None:
    texts = [text for _, found in objects(name, facts(name)) for text in found.values() if isinstance(text, str)]

    assert texts
    assert all(text and text == text.strip() for text in texts)


@pytest.mark.parametrize(("name", "count"), CITATIONS.items())
def test_citations_when_counted_then_are_those_of_the_collection(name: str, count: int) -> None:
    assert len(all_of("sources", name)) == count


@pytest.mark.parametrize(("name", "count"), CONFLICTS.items())
def test_conflicts_when_counted_then_are_those_of_the_collection(name: str, count: int) -> None:
    assert len(all_of("conflicts", name)) == count


def test_assessments_when_counted_then_are_302() -> None:
    assert len(all_of("assessments", "commitments")) == 302


def test_parties_when_counted_by_kind_then_are_44_states_and_7_others() -> None:
    kinds = Counter(party["kind"] for party in facts("parties"))

    assert kinds == {"state": 44, "organisation": 3, "other": 4}


def test_events_without_source_when_counted_then_are_30_of_low_confidence() -> None:
    unsourced = [event for event in facts("events") if not event["sources"]]

    assert len(unsourced) == 30
    assert {event["confidence"] for event in unsourced} == {"low"}


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("parties", "code"),
        ("procedures", "ally"),
        ("events", "key"),
        ("commitments", "key"),
        ("assessments", "key"),
        ("publishers", "host"),
    ],
)
def test_key_when_compared_then_is_unique(field: str, key: str) -> None:
    keys = [found[key] for found in all_of(field)]

    assert keys
    assert len(keys) == len(set(keys))


def test_code_when_used_then_belongs_to_a_party() -> None:
    known = {party["code"] for party in facts("parties")} | {None}
    single = ("accession", "actor", "ally", "by", "party")
    several = ("with", "also", "asked_by", "owed_by")

    used = {
        found.get(field)
        for name in LINES
        for at, found in objects(name, facts(name))
        for field in single
        # By when something is due, and not by whom.
        if at != "due"
    }
    used |= {
        code for name in LINES for _, found in objects(name, facts(name)) for f in several for code in found.get(f, [])
    }

    assert used <= known
    assert {"PRESS", "QAT", "XKX", "ICJ"} <= used


@pytest.mark.parametrize("field", ["with", "also", "asked_by", "owed_by", "chambers_that_vote"])
def test_list_of_codes_when_read_then_names_each_once(field: str) -> None:
    for name in LINES:
        for _, found in objects(name, facts(name)):
            codes = found.get(field, [])
            assert len(codes) == len(set(codes)), found


@pytest.mark.parametrize("field", ["sources", "conflicts"])
def test_address_when_read_then_has_scheme_and_host(field: str) -> None:
    for found in all_of(field):
        assert urlsplit(found["url"]).scheme in {"http", "https"}, found
        assert host(found["url"]), found


def test_date_when_present_then_parses() -> None:
    dates = [
        found[field]
        for name in LINES
        for _, found in objects(name, facts(name))
        for field in ("date", "published", "since", "until")
        if found.get(field)
    ]

    assert len(dates) > 1028
    assert all(earliest(text) for text in dates)


def test_votes_when_given_then_count_somebody() -> None:
    for votes in all_of("votes", "events"):
        counted = [count for count in votes.values() if count is not None]
        assert counted
        assert min(counted) >= 0


def test_names_when_read_then_follow_each_other_without_gap_in_every_language() -> None:
    for party in facts("parties"):
        for language in ("en", "fr", "sv", "fi", "tr", "hu"):
            spans = [(name["since"], name["until"]) for name in party["names"] if name["language"] == language]
            assert spans, (party["code"], language)
            # The first name begins with the state, where it is younger than the Treaty.
            assert [until for _, until in spans] == [since for since, _ in spans[1:]] + [None]


def test_founders_when_counted_then_are_twelve() -> None:
    assert sum(party["founding_member"] is True for party in facts("parties")) == 12


def test_states_younger_than_the_treaty_when_read_then_say_since_when_and_by_whom() -> None:
    young = {
        "BIH": "1992-03-03", "CYP": "1960-08-16", "CZE": "1993-01-01", "EST": "1991-08-20", "GEO": "1991-04-09",
        "HRV": "1991-06-25", "LTU": "1990-03-11", "LVA": "1991-08-21", "MDA": "1991-08-27", "MKD": "1991-09-08",
        "MLT": "1964-09-21", "MNE": "2006-06-03", "QAT": "1971-09-03", "SVK": "1993-01-01", "SVN": "1991-06-25",
        "UKR": "1991-08-24", "XKX": "2008-02-17",
    }  # fmt: skip
    states = {party["code"]: party for party in facts("parties")}

    assert {code: one["names"][0]["since"] for code, one in states.items() if one["names"][0]["since"]} == young
    assert all(states[code]["sources"] for code in young)


def test_paths_of_steps_when_sought_then_are_the_known_ones() -> None:
    versions = [(one["ally"], part) for one in facts("procedures") for part in (*one.get("earlier", ()), one)]
    steps = [(ally, part["valid_from"], step) for ally, part in versions for step in part["steps"]]

    grouped = {(ally, since, step["group"]) for ally, since, step in steps if step.get("group")}
    assert grouped == {
        ("CAN", "2008-01-25", "tabling"),
        ("GBR", "2010-11-11", "time to object"),
        ("LUX", "1949-04-04", "second vote"),
        ("LUX", "1956-10-25", "second vote"),
        ("LUX", "2009-03-12", "second vote"),
        ("LUX", "2023-07-01", "second vote"),
    }
    assert all(step.get("group") for _, _, step in steps if step["alternative"])
    assert sum(step["optional"] for _, _, step in steps) == 11


def test_procedures_when_counted_then_are_67_of_32_allies_without_a_gap() -> None:
    for procedure in facts("procedures"):
        versions = [*procedure.get("earlier", ()), procedure]
        for before, after in pairwise(versions):
            ends, begins = date.fromisoformat(before["valid_until"]), date.fromisoformat(after["valid_from"])
            assert begins - ends == timedelta(days=1), procedure["ally"]
    assert sum(1 + len(one.get("earlier", ())) for one in facts("procedures")) == 67


def test_class_when_given_then_is_known() -> None:
    assert {found["class"] for found in all_of("sources") + facts("publishers")} <= CLASSES


def test_class_of_citation_when_compared_then_is_the_host_s_save_for_stores() -> None:
    by_host = {publisher["host"]: publisher["class"] for publisher in facts("publishers")}
    cited = all_of("sources")

    differing = {host(citation["url"]) for citation in cited if by_host[host(citation["url"])] != citation["class"]}

    assert differing == STORES
    assert {host(citation["url"]) for citation in cited} <= set(by_host)


def test_archived_copy_when_named_then_is_a_web_archive() -> None:
    archived = {citation["archived_url"] for citation in all_of("sources")} - {None}

    assert {host(url) for url in archived} == {"webarchive.library.unt.edu"}
