"""Which questions the examples in the description ask, and how their answers are cut short."""

from typing import Any, Final

_DAY: Final = "as_of=2023-10-30"

# Operation → the address of its example.
ASKED: Final = {
    "get_root": f"/api/v1/?{_DAY}",
    "list_accessions": f"/api/v1/accessions/?applicant=SWE&{_DAY}",
    "get_accession": f"/api/v1/accessions/SWE/?{_DAY}",
    "list_ratifications_of_accession": f"/api/v1/accessions/SWE/ratifications/?ally=TUR&{_DAY}",
    "get_ratification": f"/api/v1/accessions/SWE/ratifications/TUR/?{_DAY}",
    "list_ratifications": f"/api/v1/ratifications/?accession=SWE&pending=true&{_DAY}",
    "list_states": f"/api/v1/states/?code=TUR&{_DAY}",
    "get_state": f"/api/v1/states/TUR/?{_DAY}",
    "list_events": f"/api/v1/events/?accession=SWE&actor=TUR&kind=submitted&{_DAY}",
    "get_event": "/api/v1/events/se2022-tr-consent/?as_of=2024-01-23",
    "list_sources": f"/api/v1/sources/?fact_key=se2022-tr-submitted&{_DAY}",
    "get_source": f"/api/v1/sources/event~se2022-tr-submitted~0/?{_DAY}",
    "list_commitments": f"/api/v1/commitments/?accession=MKD&{_DAY}",
    "get_commitment": f"/api/v1/commitments/mk-gr-interim-accord/?{_DAY}",
    "list_statements": f"/api/v1/statements/?joint=true&{_DAY}",
    "get_statement": f"/api/v1/statements/vilnius-press-statement-2023-07-10/?{_DAY}",
    "list_procedures": f"/api/v1/procedures/?ally=TUR&{_DAY}",
    "get_procedure": f"/api/v1/procedures/TUR/?{_DAY}",
    "list_changes": "/api/v1/changes/?event=se2022-tr-submitted",
    "get_change": "/api/v1/changes/81/",
    # Few: the cursor of a page names the day on which it was asked for.
    "list_rectifications": "/api/v1/rectifications/?key=BIH,CYP",
    "list_rounds": f"/api/v1/rounds/?{_DAY}",
    "list_series_of_accession": f"/api/v1/accessions/SWE/series/?since=2023-10-01&{_DAY}",
    "compare_rounds": f"/api/v1/compare/?accession=SWE&{_DAY}",
}
REPORT: Final[dict[str, Any]] = {
    "event": {
        "key": "se2022-tr-statement-minutes",
        "accession": "SWE",
        "actor": "TUR",
        "kind": "statement",
        "date": "2024-01-23",
        "title": "Minutes of the debate printed",
        "sources": [
            {
                "url": "https://www.tbmm.gov.tr/",
                "title": "Minutes",
                "publisher": "Grand National Assembly of Türkiye",
                "class": "parliament",
                "published": "2024-01-23",
            }
        ],
        "confidence": "high",
    },
    "message": "Seen on the website of the Assembly.",
}

_MOMENT: Final = "2026-01-01T00:00:00.000000Z"
# What is another with each release of the data, and what stands for it in an example.
_STAND_INS: Final = {
    **dict.fromkeys(("known_at", "generated_at", "recorded_at"), _MOMENT),
    "root": "8bb374bed2f793b3ce4960c786ed7d0944ce24b94a6820a80a53749d1f28f1ca",
}


def shorten(answer: Any) -> Any:
    """The answer with at most two of anything, and the same moment and root in place of those of a release."""
    match answer:
        case dict():
            return {
                name: _STAND_INS[name] if name in _STAND_INS and value else shorten(value)
                for name, value in answer.items()
            }
        case list():
            return [shorten(one) for one in answer[:2]]
    return answer
