"""What each operation is called: names that a generated client calls, chosen one by one and never derived."""

from typing import Final

# The address below the root of the API, with the verb where it is another than GET → the name.
_CHOSEN: Final = {
    "": "get_root",
    "accessions/": "list_accessions",
    "accessions/{code}/": "get_accession",
    "accessions/{code}/ratifications/": "list_ratifications_of_accession",
    "accessions/{code}/ratifications/{ally}/": "get_ratification",
    "accessions/{code}/scenario/": "get_scenario",
    "accessions/{code}/series/": "list_series_of_accession",
    "changes/": "list_changes",
    "changes/{position}/": "get_change",
    "check/": "check_statement",
    "commitments/": "list_commitments",
    "commitments/{key}/": "get_commitment",
    "compare/": "compare_rounds",
    "events/": "list_events",
    "events/{key}/": "get_event",
    "package/": "get_package",
    "procedures/": "list_procedures",
    "procedures/{code}/": "get_procedure",
    "ratifications/": "list_ratifications",
    "rectifications/": "list_rectifications",
    "rectifications/{number}/": "get_rectification",
    "reports/": "list_reports",
    "POST reports/": "file_report",
    "reports/{number}/": "get_report",
    "rounds/": "list_rounds",
    "search/": "search",
    "snapshot/": "get_snapshot",
    "sources/": "list_sources",
    "sources/{key}/": "get_source",
    "statements/": "list_statements",
    "statements/{key}/": "get_statement",
    "states/": "list_states",
    "states/{code}/": "get_state",
    "status/": "get_status",
    "vocabularies/": "list_vocabularies",
}


def operation_id(path: str, method: str = "GET") -> str:
    """The name of the operation; of a table that of its list, and `_csv`. Raises `KeyError` where none is chosen."""
    bare = path.removeprefix("/api/v1/")
    if bare.endswith(".csv"):
        return f"{_CHOSEN[bare.removesuffix('.csv') + '/']}_csv"
    return _CHOSEN[bare if method == "GET" else f"{method} {bare}"]
