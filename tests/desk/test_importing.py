"""Files of events: set beside the record row by row, on record all or none, and nothing strange gets further."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client

from tests.desk.conftest import LogIn
from tracker.actions import Justification, correct_event, log_transaction
from tracker.desk.review.importing import MOST_BYTES
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import AuditAction, Claim, ClaimBasis, CommitmentCategory, CommitmentKind
from tracker.exchange.package.building import build_package
from tracker.exchange.sheets import COLUMNS, csv_rows, event_cells, read_sheet
from tracker.models import AuditEntry, Change, Commitment, Event, Import, Procedure, Rectification, Report, Upload
from tracker.models.facts_of_rows import event_fact, procedure_fact
from tracker.readmodel import open_newest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IMPORT = "/admin/tracker/event/import/"
SOURCE = {
    "url": "https://www.parlament.hu/vote",
    "title": "The vote",
    "publisher": "National Assembly",
    "class": "parliament",
}
NEW: dict[str, Any] = {
    "key": "se2024-hu-chamber-vote",
    "accession": "SWE",
    "actor": "HUN",
    "office": "National Assembly",
    "kind": "chamber_vote",
    "date": "2024-02-26",
    "votes": {"yes": 188, "no": 6},
    "title": "Hungary votes on Sweden",
    "sources": [SOURCE],
}
SOURCED = "source_url,source_title,source_publisher,source_class"
HEADER = f"key,accession,actor,office,kind,date,votes_yes,votes_no,title,{SOURCED}"
ROW = (
    "se2024-hu-chamber-vote,SWE,HUN,National Assembly,chamber_vote,2024-02-26,188,6,Vote,https://a.hu/b,T,P,parliament"
)
SHEET = f"{HEADER}\n{ROW}\n"


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def upload(client: Client, content: bytes | str, name: str = "events.csv") -> Any:
    """The answer to a file; the page of differences, if it could be read."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}, follow=True)


def lines(*facts: dict[str, Any]) -> str:
    """The facts as JSON Lines."""
    return "\n".join(json.dumps(fact) for fact in facts)


def states(page: Any) -> list[str]:
    """What each row is, beside the record."""
    return [line.state for line in page.context["lines"]]


def confirm(client: Client, page: Any, **more: Any) -> Any:
    """Confirm the differences as shown."""
    return client.post(page.redirect_chain[-1][0], {"seen": page.context["seen"], **more})


def known(key: str) -> dict[str, Any]:
    """What the record says of an event."""
    return event_fact(Event.objects.standing().with_parts().get(key=key)).document()


def test_differences_tell_new_same_conflicting_and_refused_rows(reviewer: Client) -> None:
    same = known("fi2022-hu-consent")
    other = known("fi2022-hu-chamber-vote-orszaggyules") | {"date": "2023-03-28"}
    refused = NEW | {"key": "too-early", "kind": "executive_approval", "date": "1990-01-01", "votes": None}

    page = upload(reviewer, lines(NEW, same, other, refused, {"key": "half"}), "events.jsonl")

    assert page.context["counts"] == {"new": 1, "same": 1, "conflicting": 1, "refused": 2}
    told = {line.number: line.text for line in page.context["lines"]}
    assert told[3] == "date: 2023-03-27 → 2023-03-28"
    assert "cannot be: the accession of SWE began on" in told[4]
    assert "actor is missing" in told[5]


def test_names_of_states_in_a_sheet_are_read_as_the_desk_reads_them(reviewer: Client) -> None:
    page = upload(reviewer, SHEET.replace(",SWE,HUN,", ",isveç,The Republic of Hungary,"))

    assert states(page) == ["new"]
    fact = read_sheet("events.csv", SHEET.replace(",SWE,HUN,", ",se,Magyarország,"))[0].fact
    assert fact is not None
    assert (fact.accession, fact.actor) == ("SWE", "HUN")


def test_upload_alone_changes_nothing(reviewer: Client) -> None:
    before = Change.objects.count()

    upload(reviewer, SHEET)

    assert Change.objects.count() == before


def test_confirm_records_the_new_and_files_the_conflicting_rows(reviewer: Client) -> None:
    other = known("fi2022-hu-chamber-vote-orszaggyules") | {"date": "2023-03-28"}
    page = upload(reviewer, lines(NEW, other), "events.jsonl")

    confirm(reviewer, page)

    assert Event.objects.get(key="se2024-hu-chamber-vote").votes_yes == 188
    assert Report.objects.open().get().proposal["date"] == "2023-03-28"
    assert not Upload.objects.exists()
    assert AuditEntry.objects.get(action=AuditAction.IMPORTED).detail == {"on record": 1, "before the reviewers": 1}
    assert Import.objects.get().recorded == {"event": ["se2024-hu-chamber-vote"]}


def test_confirm_twice_finds_nothing_the_second_time(reviewer: Client) -> None:
    page = upload(reviewer, SHEET)
    confirm(reviewer, page)

    assert confirm(reviewer, page).status_code == 404


def test_confirm_after_the_record_has_moved_shows_the_differences_again(reviewer: Client) -> None:
    first, second = upload(reviewer, SHEET), upload(reviewer, SHEET)
    confirm(reviewer, second)
    third = upload(reviewer, SHEET)

    answer = reviewer.post(third.redirect_chain[-1][0], {"seen": first.context["seen"]})

    assert states(answer) == ["same"]
    assert Event.objects.filter(key="se2024-hu-chamber-vote").count() == 1


def test_contributor_imports_before_the_reviewers(february: None, log_in: LogIn) -> None:
    contributor = log_in("contributor")

    confirm(contributor, upload(contributor, SHEET))

    assert Report.objects.open().get().channel == "import"
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


def test_upload_of_another_person_is_nobody_elses(reviewer: Client, log_in: LogIn) -> None:
    page = upload(reviewer, SHEET)

    answer = log_in("contributor").get(page.redirect_chain[-1][0])

    assert answer.status_code == 404


READ = {
    "bom": SHEET.encode("utf-8-sig"),
    "utf-16": SHEET.encode("utf-16"),
    "semicolons": SHEET.replace(",", ";").encode(),
    "windows lines": SHEET.replace("\n", "\r\n").encode(),
    "zero width and direction": SHEET.replace("Vote", "V\u200bo\u202ete\ufeff").encode(),
    "nul": SHEET.replace("Vote", "Vo\x00te").encode(),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_file_in_any_usual_form_is_read(reviewer: Client, content: bytes) -> None:
    page = upload(reviewer, content)

    assert [(line.state, line.fact.title) for line in page.context["lines"]] == [("new", "Vote")]


MANY = f"{HEADER}\n" + "\n".join(ROW.replace("vote,", f"vote-{number},", 1) for number in range(45_000))
WRONG = {
    "no text": (b"\xff\xfeab\x00\xd8", "no Unicode text"),
    "latin-1": ("key,títle".encode("latin-1"), "no Unicode text"),
    "empty": (b"", "empty"),
    "only a header": (HEADER.encode(), "no rows"),
    "a column is missing": (SHEET.replace("title,", "name,", 1).encode(), "these columns are missing: title"),
    "a column too many": (SHEET.replace("office", "verdict", 1).encode(), "these columns mean nothing here: verdict"),
    "an open quote": (b'key,"actor\n' + b"x" * 200_000, "no CSV"),
    "45,000 rows": (MANY.encode(), "larger than 5 MB"),
    "many rows": ("\n".join(MANY.split("\n")[:6_000]).encode(), "more than 5000 rows"),
    "one byte too many": (b"a" * (MOST_BYTES + 1), "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_file_that_cannot_be_read_gets_one_clear_line(reviewer: Client, content: bytes, said: str) -> None:
    page = upload(reviewer, content)

    assert page.status_code == 200
    assert said in " ".join(map(str, page.context["messages"]))
    assert not Upload.objects.exists()


def test_file_that_is_far_too_large_is_refused_unread_with_the_limit_and_the_way_on(reviewer: Client) -> None:
    upload(reviewer, SHEET)

    page = upload(reviewer, b"a" * 10_000_000)

    assert page.status_code == 413
    assert "A file to import has at most 5 MB: go back, split it" in page.content.decode()
    assert Upload.objects.get().text == SHEET


ODD = {
    "numbers": NEW | {"title": 7, "votes": {"yes": -1}},
    "lists": NEW | {"actor": ["HUN"], "sources": "none"},
    "a huge number": NEW | {"votes": {"yes": 10**30}},
    "address of a script": NEW | {"sources": [SOURCE | {"url": "javascript:alert(1)"}]},
    "archive of a script": NEW | {"sources": [SOURCE | {"archived_url": "javascript:alert(1)"}]},
    "half a character": NEW | {"title": "\ud800", "key": "x"},
    "a long title": NEW | {"title": "x" * 301},
    "no source": NEW | {"sources": []},
    "a date that is none": NEW | {"date": "26 Feb"},
    "a verdict": NEW | {"verdict": "guilty"},
}


@pytest.mark.parametrize("fact", ODD.values(), ids=ODD)
def test_row_that_makes_no_sense_is_refused_and_told(reviewer: Client, fact: dict[str, Any]) -> None:
    page = upload(reviewer, json.dumps(fact), "events.jsonl")

    assert states(page) == ["refused"]
    assert page.context["lines"][0].text


@pytest.mark.parametrize("line", ["[" * 100_000, "{", "nothing", "[]", '"x"', "7" * 5000, "null"])
def test_line_that_is_no_object_is_refused(reviewer: Client, line: str) -> None:
    page = upload(reviewer, f"{lines(NEW)}\n{line}", "events.jsonl")

    assert sorted(states(page)) == ["new", "refused"]


def test_script_in_a_file_is_shown_as_text(reviewer: Client) -> None:
    script = "<script>alert(1)</script>"

    page = upload(reviewer, lines(NEW | {"title": script}, {"key": script}), f"{script}.jsonl")

    assert script not in page.content.decode()


def exported(client: Client, address: str) -> str:
    """The whole of an export, which comes in pieces."""
    answer = client.get(address)
    assert isinstance(answer, StreamingHttpResponse)
    return bytes(answer.getvalue()).decode()


def test_export_holds_no_more_rows_than_it_sends_at_once(
    reviewer: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    count = Change.objects.count()
    monkeypatch.setattr("tracker.desk.registry.exporting.AT_ONCE", count // 3)
    sent = reviewer.get("/admin/tracker/change/export/jsonl/")
    assert isinstance(sent, StreamingHttpResponse)
    lines = iter(sent)

    with django_assert_max_num_queries(1):
        first = json.loads(next(lines))
    rest = list(lines)

    assert first["position"] == count
    assert len(rest) == count - 1


def test_export_as_csv_has_no_formula_and_is_read_back_the_same(reviewer: Client) -> None:
    formula = NEW | {"title": "=1+1", "detail": "@SUM(A1)"}
    confirm(reviewer, upload(reviewer, lines(formula), "events.jsonl"))

    text = exported(reviewer, "/admin/tracker/event/export/csv/")

    assert "'=1+1" in text
    assert ",=1+1" not in text
    rows = {
        row.fact.key: row.fact.document() for row in read_sheet("a.csv", text[: text.index("\n", 200_000)]) if row.fact
    }
    assert rows
    assert all(fact == known(key) for key, fact in list(rows.items())[:50])


def test_export_follows_the_filters_of_the_list_and_is_audited(reviewer: Client) -> None:
    text = exported(reviewer, "/admin/tracker/event/export/jsonl/?accession__applicant__exact=FIN&kind__exact=consent")

    facts = [json.loads(line) for line in text.splitlines()]
    assert facts
    assert {(fact["accession"], fact["kind"]) for fact in facts} == {("FIN", "consent")}
    assert AuditEntry.objects.get(action=AuditAction.EXPORTED).subject == f"event: {len(facts)} rows as jsonl"


def test_every_shipped_event_survives_the_way_through_a_sheet(february: None) -> None:
    facts = [event_fact(row) for row in Event.objects.standing().with_parts().order_by("pk")]

    text = "".join(csv_rows(COLUMNS, [event_cells(fact) for fact in facts]))

    assert [row.fact for row in read_sheet("all.csv", text)] == facts


DOUBTFUL = NEW | {"date": "2024-02-25"}


def test_row_that_is_doubtful_asks_for_a_reason_and_keeps_it(reviewer: Client) -> None:
    page = upload(reviewer, lines(DOUBTFUL), "events.jsonl")

    silent = confirm(reviewer, page)
    alone = Event.objects.filter(key=NEW["key"]).count()
    confirm(reviewer, page, because="The sitting went on past midnight.")

    assert "Look twice: 2024-02-25 is a Sunday" in page.content.decode()
    assert (silent.status_code, alone) == (200, 0)
    assert Event.objects.get(key=NEW["key"]).version == 1
    entry = AuditEntry.objects.get(action=AuditAction.IMPORTED)
    assert entry.detail["because"] == "The sitting went on past midnight."


def test_row_that_a_reviewer_rejected_before_is_not_said_to_wait(reviewer: Client, settings: Any) -> None:
    settings.TWO_PAIRS_OF_EYES = True
    confirm(reviewer, upload(reviewer, lines(NEW), "events.jsonl"))
    reviewer.post(f"/admin/tracker/report/{Report.objects.get().pk}/reject/", {"reason": "No."})

    answer = reviewer.get(confirm(reviewer, upload(reviewer, lines(NEW), "events.jsonl")).headers["Location"])

    assert "0 before the reviewers, 1 decided on by a reviewer before" in answer.content.decode()


def test_same_act_twice_in_a_file_goes_on_record_once(reviewer: Client) -> None:
    twice = [NEW, NEW | {"key": "the-same-once-more", "title": "The vote of the National Assembly"}]
    said = [NEW | {"key": f"said-{number}", "kind": "statement", "votes": None, "title": "Said"} for number in range(2)]

    page = upload(reviewer, lines(*twice, *said), "events.jsonl")

    assert page.context["counts"] == {"new": 2, "same": 0, "conflicting": 2, "refused": 0}
    text = page.content.decode()
    assert "perhaps the same as “se2024-hu-chamber-vote” in row 1" in text
    assert "perhaps the same as “said-0” in row 3" in text
    confirm(reviewer, page)
    assert Event.objects.filter(key__in=["se2024-hu-chamber-vote", "the-same-once-more"]).count() == 1
    assert Report.objects.open().count() == 2


CONSENT = NEW | {"key": "se2024-hu-consent", "kind": "consent", "votes": None, "title": "Hungary consents"}


def test_import_shows_what_it_will_move_before_it_moves_it(reviewer: Client) -> None:
    page = upload(reviewer, lines(CONSENT), "events.jsonl")

    assert any("→ approved" in line for line in page.context["effects"])
    assert "What the new rows will move" in page.content.decode()
    assert not Event.objects.filter(key=CONSENT["key"]).exists()


@pytest.mark.parametrize(("sent", "notify"), [({}, True), ({"minor": "on"}, False)])
def test_import_is_news_unless_it_is_said_to_be_minor(reviewer: Client, sent: dict[str, str], notify: bool) -> None:
    confirm(reviewer, upload(reviewer, lines(NEW), "events.jsonl"), **sent)

    assert Change.objects.get(event=NEW["key"]).notify is notify


def test_import_is_taken_back_as_a_whole_but_for_what_was_put_right_since(reviewer: Client) -> None:
    confirm(reviewer, upload(reviewer, lines(NEW, CONSENT), "events.jsonl"))
    done = Import.objects.get()
    address = f"/admin/tracker/event/import/{done.pk}/take-back/"
    right = EventFact.model_validate(NEW | {"title": "The Assembly votes", "confidence": "medium"})
    with log_transaction(by=None) as log:
        correct_event(log, NEW["key"], right, Justification("Its title."), 1)

    silent = reviewer.post(address, {"reason": " "})
    before = set(Event.objects.standing().filter(key__in=[NEW["key"], CONSENT["key"]]).values_list("key", flat=True))
    shown = reviewer.get(address).content.decode()
    answer = reviewer.post(address, {"reason": "The file was of another session."})

    assert (silent.status_code, before) == (200, {NEW["key"], CONSENT["key"]})
    assert f"left alone: {NEW['key']}" in shown
    assert answer.status_code == 302
    assert list(Event.objects.standing().filter(key__in=before).values_list("title", flat=True)) == [
        "The Assembly votes"
    ]
    assert Rectification.objects.get(reason="The file was of another session.").key == CONSENT["key"]
    assert reviewer.get(address).status_code == 404
    assert "taken back" in reviewer.get(IMPORT).content.decode()


def test_contributor_takes_back_nothing(reviewer: Client, log_in: LogIn) -> None:
    confirm(reviewer, upload(reviewer, SHEET))

    assert (
        log_in("contributor").get(f"/admin/tracker/event/import/{Import.objects.get().pk}/take-back/").status_code
        == 403
    )


def test_refused_rows_are_told_with_key_and_title_and_given_back_as_a_file(reviewer: Client, log_in: LogIn) -> None:
    page = upload(reviewer, f"{SHEET}{ROW.replace('HUN', 'Hungarix').replace('se2024', 'x')}\n")
    address = f"{page.redirect_chain[-1][0]}refused/"

    text = reviewer.get(address).content.decode("utf-8-sig")

    assert "x-hu-chamber-vote: Vote" in page.content.decode()
    assert text.splitlines()[0].startswith("refused_because,key")
    assert "“Hungarix” is no state or organisation that we know" in text
    assert [row.fact.actor for row in read_sheet("x", text.replace("Hungarix", "Hungary")) if row.fact] == ["HUN"]
    assert log_in("contributor").get(address).status_code == 404


def test_names_of_states_are_read_as_the_desk_reads_them(reviewer: Client) -> None:
    page = upload(reviewer, SHEET.replace(",HUN,", ",Magyarország,").replace(",SWE,", ",Sverige,"))

    assert [(line.fact.accession, line.fact.actor) for line in page.context["lines"]] == [("SWE", "HUN")]


def test_answers_of_the_api_come_back_in_as_what_the_record_says(reviewer: Client, client: Client) -> None:
    query = "accession=FIN&kind=consent&as_of=2024-02-20"
    for form, name in (("csv", "x"), ("json", "x.json")):
        answer = client.get(
            f"/api/v1/events/?{query}", headers={"Accept": f"{'text/csv' if form == 'csv' else 'application/json'}"}
        )
        page = upload(reviewer, answer.content, name)

        assert answer.status_code == 200
        assert set(states(page)) == {"same"}, [line.text for line in page.context["lines"]][:3]


def test_data_package_comes_back_in_as_what_the_record_says(reviewer: Client) -> None:
    package = build_package(open_newest())

    page = upload(reviewer, package["article10.zip"], "article10.zip")

    told = [line.text for line in page.context["lines"] if line.state != "same"]
    assert told[:3] == []
    assert page.context["counts"]["same"] > 500


COMMITMENT: dict[str, Any] = {
    "key": "an-imported-wish", "accession": "SWE", "kind": "demand", "category": "other", "title": "A visit",
    "asked_by": ["HUN"], "owed_by": ["SWE"], "confidence": "medium", "sources": [SOURCE],
    "stems_from": {"text": "An interview", "date": "2024-01-01"},
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "key": "an-imported-claim", "commitment": "an-imported-wish", "date": "2024-02-01", "by": "HUN",
    "status": "pledged", "basis": "statement", "sources": [SOURCE],
}  # fmt: skip


def test_commitments_claims_and_procedures_are_imported_too(reviewer: Client) -> None:
    words = {"kind": CommitmentKind.values[0], "category": CommitmentCategory.values[0]}
    claim = CLAIM | {"status": Claim.values[0], "basis": ClaimBasis.values[0]}
    procedure = procedure_fact(Procedure.objects.get(pk="HUN")).document()
    page = upload(reviewer, lines(COMMITMENT | words, claim, procedure, procedure | {"ally": "TUR"}), "x.jsonl")

    confirm(reviewer, page)

    assert sorted(states(page)) == ["conflicting", "new", "new", "same"], [line.text for line in page.context["lines"]]
    assert Commitment.objects.get(key="an-imported-wish").assessments.get().key == "an-imported-claim"
    assert Report.objects.open().get().proposal["subject"] == "procedure"
    assert Import.objects.get().recorded == {"commitment": ["an-imported-wish"], "claim": ["an-imported-claim"]}


def test_contributors_commitments_wait_for_a_reviewer(reviewer: Client, log_in: LogIn) -> None:
    words = {"kind": CommitmentKind.values[0], "category": CommitmentCategory.values[0]}
    contributor = log_in("contributor")

    confirm(contributor, upload(contributor, lines(COMMITMENT | words), "x.jsonl"))

    assert Report.objects.open().get().proposal["verb"] == "record"
    assert not Commitment.objects.filter(key="an-imported-wish").exists()
