"""Every list and every single document of the API, with the shape that it has to have."""

from typing import Final

from api import shapes

LISTS: Final = {
    "accessions/": shapes.AccessionShape,
    "ratifications/": shapes.RatificationShape,
    "accessions/SWE/ratifications/": shapes.RatificationShape,
    "states/": shapes.StateShape,
    "events/": shapes.EventShape,
    "sources/": shapes.CitationShape,
    "commitments/": shapes.CommitmentShape,
    "procedures/": shapes.ProcedureShape,
    "rectifications/": shapes.RectificationShape,
    "search/?q=Sweden": shapes.HitShape,
    "changes/": shapes.ChangeShape,
    "vocabularies/": shapes.VocabularyShape,
    "compare/": shapes.CompareShape,
}
DETAILS: Final = {
    "": shapes.RootShape,
    "accessions/SWE/": shapes.AccessionShape,
    "accessions/SWE/scenario/?act=TUR": shapes.ScenarioShape,
    "accessions/SWE/ratifications/TUR/": shapes.RatificationShape,
    "states/TUR/": shapes.StateShape,
    "events/se2022-tr-consent/": shapes.EventShape,
    "sources/event~se2022-tr-consent~0/": shapes.CitationShape,
    "commitments/mk-gr-interim-accord/": shapes.CommitmentShape,
    "procedures/TUR/": shapes.ProcedureShape,
    "changes/1/": shapes.ChangeShape,
    "check/?q=Sweden joined on 7 March 2024": shapes.CheckShape,
    "snapshot/": shapes.SnapshotShape,
    "status/": shapes.StatusShape,
}
INCLUDES: Final = {
    "accessions/?include=ratifications,commitments,events&limit=3": shapes.AccessionShape,
    "ratifications/?include=events,procedure&limit=9": shapes.RatificationShape,
    "events/?include=rectifications&limit=9": shapes.EventShape,
}
EVERYTHING: Final = (*LISTS, *DETAILS)


def with_parameter(path: str, parameter: str) -> str:
    """The path with one more parameter."""
    return f"{path}{'&' if '?' in path else '?'}{parameter}"
