"""Two dozen questions that people asked of the API, each answered by one request, or by two."""

import csv
import io
from collections import Counter
from typing import Any

import pytest

from tests.api.conftest import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = "as_of=2023-10-30"


def table(reader: Reader, path: str) -> list[dict[str, str]]:
    """The rows of a list as CSV, which is whole in one request."""
    answer = reader.fetch(path)
    assert answer.status_code == 200, answer.content[:300]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def codes(rows: list[dict[str, Any]], name: str = "code") -> set[str]:
    """What stands under that name in the rows."""
    return {row[name] for row in rows}


def test_who_was_missing_for_an_accession_on_a_day(reader: Reader) -> None:
    assert reader.data(f"accessions/SWE/?{DAY}&fields=pending,unknown") == {"pending": ["HUN", "TUR"], "unknown": []}


def test_how_many_days_each_ally_took_for_the_protocols_of_a_year(reader: Reader) -> None:
    rows = reader.data("compare/?accession=SWE,FIN")

    days = {(row["accession"], one["ally"]): one["at_most"] for row in rows for one in row["days"]}
    assert (days["SWE", "HUN"], days["FIN", "TUR"]) == (601, 268)
    assert len(days) == 61


def test_how_long_half_of_the_allies_took_to_deposit_round_by_round(reader: Reader) -> None:
    rows = reader.data("compare/?stage=deposited&fields=signed,accession,median")

    finland = next(row["median"] for row in rows if row["accession"] == "FIN")
    # No number over the known alone: the bounds of what it can be, and of how many the day is known.
    assert finland["at_least"] < finland["at_most"]
    assert 0 < finland["known"] < finland["required"] == 30


def test_who_was_a_member_on_a_day(reader: Reader) -> None:
    answer = reader.fetch("states/?member=true&as_of=1952-02-18&fields=code&limit=200&total=true").json()

    assert answer["meta"]["total"] == len(answer["data"]) == 14
    assert {"GRC", "TUR", "USA"} <= codes(answer["data"])


def test_what_this_site_recorded_late_by_itself(reader: Reader) -> None:
    # What came with the site was recorded in one go, and its lateness says nothing: it is told apart.
    assert reader.data("changes/?late=true&origin=editor,report") == []
    assert reader.data("changes/?late=true&origin=dataset&limit=1")[0]["late"] is True


def test_what_changed_since_yesterday(reader: Reader) -> None:
    last = reader.data("changes/?limit=1")[0]["recorded_at"]

    since = reader.fetch(f"changes/?since={last[:10]}&limit=1000").json()
    assert all(row["recorded_at"] > last for row in since["data"])


def test_which_commitments_name_an_organisation(reader: Reader) -> None:
    rows = reader.data("commitments/?q=pkk&limit=200&fields=key,title,detail")

    assert "mou-05a-pkk-proscribed" in codes(rows, "key")
    assert all("pkk" in f"{row['title']} {row['detail']}".lower() for row in rows)
    assert codes(reader.data("search/?q=PKK&kind=commitment"), "kind") == {"commitment"}


def test_how_many_sources_each_publisher_has(reader: Reader) -> None:
    rows = table(reader, "sources/?format=csv&fields=publisher,fact")

    assert Counter(row["publisher"] for row in rows).most_common(1)[0][1] > 50
    assert codes(rows, "fact") == {"event", "commitment", "assessment", "procedure", "party"}


def test_when_the_first_and_the_last_ally_of_each_round_approved(reader: Reader) -> None:
    nordic = next(row for row in reader.data("rounds/") if row["signed"] == "2022-07-05")

    acts = nordic["approved"]
    assert (acts["last_earliest"], acts["last_latest"]) == ("2024-02-26", "2024-02-26")
    assert acts["first_earliest"] <= acts["first_latest"] < "2022-07-05"


def test_on_which_day_an_accession_could_have_been_complete_at_the_earliest(reader: Reader) -> None:
    found = reader.data(f"accessions/SWE/scenario/?act=TUR,HUN&{DAY}")

    assert (found["nature"], found["missing"], found["complete"]) == ("scenario", [], "2023-10-31")
    assert found["answer"].startswith("Scenario:")


def test_how_a_parliament_voted(reader: Reader) -> None:
    [vote] = reader.data("events/?accession=SWE&actor=TUR&kind=chamber_vote")

    assert (vote["date"], vote["votes"]["yes"], vote["votes"]["no"]) == ("2024-01-23", 287, 55)


def test_which_step_an_ally_takes_next_and_who_takes_it(reader: Reader) -> None:
    [step, *_] = reader.data("accessions/SWE/ratifications/HUN/?as_of=2024-02-01&fields=next")["next"]

    assert step["kind"] == "committee_report"
    assert "Foreign Affairs" in step["office"]


def test_what_an_ally_asked_for(reader: Reader) -> None:
    rows = reader.data("commitments/?accession=SWE&asked_by=TUR&limit=200&fields=key,asked_by")

    assert len(rows) > 10
    assert all("TUR" in row["asked_by"] for row in rows)


def test_which_ally_was_the_slowest(reader: Reader) -> None:
    [sweden] = reader.data("compare/?accession=SWE&fields=slowest,longest")
    [croatia] = reader.data("compare/?accession=HRV&fields=slowest")

    assert sweden["slowest"] == ["HUN"]
    # Where days are not known, each that may have been the slowest is named.
    assert len(croatia["slowest"]) > 1


def test_which_events_have_no_source(reader: Reader) -> None:
    answer = reader.fetch("events/?unsourced=true&total=true&limit=200&fields=key,sources").json()

    assert answer["meta"]["total"] == len(answer["data"])
    assert all(row["sources"] == [] for row in answer["data"])


def test_what_happened_in_a_year(reader: Reader) -> None:
    answer = reader.fetch("events/?since=2022-01-01&until=2022-12-31&accession=SWE&total=true&fields=earliest").json()

    assert answer["meta"]["total"] > 60
    assert all(row["earliest"] <= "2022-12-31" for row in answer["data"])


def test_how_far_a_state_has_come_that_is_no_member(reader: Reader) -> None:
    ukraine = reader.data("accessions/UKR/?fields=status,milestones,answer")

    assert ukraine["status"] == "applicant"
    assert ukraine["milestones"]["applied"]["date"] == "2022-09-30"


def test_whether_a_state_that_is_not_on_record_ever_applied(reader: Reader) -> None:
    assert reader.data("accessions/?applicant=RUS") == []
    assert reader.fetch("accessions/?applicant=RUZ").status_code == 400


def test_what_is_disputed_and_by_whom(reader: Reader) -> None:
    rows = reader.data("commitments/?accession=SWE&claim=disputed&limit=200&fields=key,claims")

    assert rows
    assert all("disputed" in {claim["status"] for claim in row["claims"]} for row in rows)


def test_what_happened_last(reader: Reader) -> None:
    [last] = reader.data("events/?sort=-date&limit=1&fields=key,date,state")

    assert last["state"] == "reached"
    assert last["date"] >= max(row["date"] for row in reader.data("events/?accession=SWE&sort=-date&limit=5"))


def test_how_the_number_of_missing_allies_fell(reader: Reader) -> None:
    rows = reader.data("accessions/SWE/series/?since=2022-07-05&until=2024-03-07&fields=day,pending")

    missing = [len(row["pending"]) for row in rows]
    assert missing[-1] == 0
    assert missing == sorted(missing, reverse=True)


def test_where_everybody_stands_as_a_table(reader: Reader) -> None:
    rows = table(reader, f"ratifications/?format=csv&{DAY}")

    sweden = {row["ally"]: row for row in rows if row["accession"] == "SWE"}
    assert len(sweden) == 31
    assert sweden["TUR"]["stages.approved.state"] == "not_reached"
    assert sweden["TUR"]["stages.approved.date"] == ""


def test_how_many_events_of_each_kind_there_are(reader: Reader) -> None:
    counted = Counter(row["kind"] for row in table(reader, "events/?format=csv&fields=kind"))

    assert counted["deposited"] > 200
    assert sum(counted.values()) == reader.fetch("events/?limit=1&total=true").json()["meta"]["total"]


def test_in_which_allies_parliament_has_to_vote(reader: Reader) -> None:
    voting = codes(reader.data("procedures/?parliament_votes=true&limit=200&fields=ally"), "ally")

    assert {"TUR", "HUN", "DEU"} <= voting
    assert "CAN" not in voting


def test_which_facts_rest_on_one_address(reader: Reader) -> None:
    [source, *_] = reader.data("sources/?fact=procedure&fact_key=TUR")

    rows = reader.data(f"sources/?url={source['url']}")
    assert "TUR" in codes(rows, "fact_key")


def test_what_somebody_said(reader: Reader) -> None:
    rows = reader.data("statements/?person=erdogan&limit=200")

    assert rows
    assert all(any("Erdoğan" in (one["person"] or "") for one in row["speakers"]) for row in rows)
