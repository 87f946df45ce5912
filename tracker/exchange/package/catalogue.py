"""The package as catalogues describe one: schema.org, DCAT and DataCite, all of one account of what it is.

Addresses are relative to where the package lies, so that the same edition is the same bytes on every site.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.exchange.package.package_docs import LICENCE, TITLE
from tracker.readmodel.log.snapshot import LICENSE

DESCRIPTION: Final = (
    "Dated acts, votes, commitments and claims in every accession to the North Atlantic Treaty since 1949, "
    "each with its sources."
)
KEYWORDS: Final = ("NATO", "accession", "ratification", "treaty")
_CREATOR: Final = "The Article 10 contributors"
_KINDS: Final = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
    "zip": "application/zip",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of an edition: its name, the day it was recorded on, its files by name with their sizes."""

    edition: str
    day: str
    files: Mapping[str, int] = field(default_factory=dict)
    # Where the page about the data is, and where the files lie; empty where they lie beside this description.
    page: str = ""
    folder: str = ""

    def downloads(self) -> Sequence[tuple[str, str, int]]:
        """Name, media type and size of each file that holds data."""
        kinds = ((name, _KINDS.get(name.rpartition(".")[2], ""), size) for name, size in sorted(self.files.items()))
        return [(name, kind, size) for name, kind, size in kinds if kind]


def schema_org(account: Account) -> dict[str, Any]:
    """The dataset as search engines read one."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        **({"url": account.page} if account.page else {}),
        "identifier": account.edition,
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "temporalCoverage": "1949/..",
        "version": account.edition,
        "dateModified": account.day,
        "creator": {"@type": "Organization", "name": _CREATOR},
        "publisher": {"@type": "Organization", "name": _CREATOR},
        "keywords": list(KEYWORDS),
        "variableMeasured": ["approval", "assent", "deposit", "accession", "commitment"],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{account.folder}{name}",
                "encodingFormat": kind,
                "contentSize": str(size),
            }
            for name, kind, size in account.downloads()
        ],
    }


def dcat(account: Account) -> dict[str, Any]:
    """The dataset as catalogues of open data read one: DCAT 3, as JSON-LD."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": account.page or "datapackage.json",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": TITLE, "@language": "en"},
        "dct:description": {"@value": DESCRIPTION, "@language": "en"},
        "dct:identifier": account.edition,
        "dct:issued": {"@value": account.day, "@type": "xsd:date"},
        "dct:license": {"@id": LICENCE["path"]},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _CREATOR},
        "dcat:version": account.edition,
        "dcat:keyword": list(KEYWORDS),
        "dcat:distribution": [_distribution(account, *one) for one in account.downloads()],
    }


def _distribution(account: Account, name: str, kind: str, size: int) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:downloadURL": {"@id": f"{account.folder}{name}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
        "dcat:byteSize": {"@value": str(size), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": LICENCE["path"]},
    }


def datacite(account: Account) -> dict[str, Any]:
    """What an archive asks for that gives out identifiers: DataCite 4.6, without the identifier that it will give."""
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
        "titles": [{"title": TITLE, "lang": "en"}],
        "creators": [{"name": _CREATOR, "nameType": "Organizational"}],
        "publisher": {"name": _CREATOR},
        "publicationYear": account.day[:4],
        "dates": [{"date": account.day, "dateType": "Issued"}, {"date": "1949/..", "dateType": "Coverage"}],
        "version": account.edition,
        "language": "en",
        "subjects": [{"subject": word} for word in KEYWORDS],
        "descriptions": [{"description": DESCRIPTION, "descriptionType": "Abstract", "lang": "en"}],
        "rightsList": [{"rights": LICENCE["title"], "rightsUri": LICENCE["path"], "rightsIdentifier": LICENSE}],
        "formats": sorted({kind for _name, kind, _size in account.downloads()}),
        "sizes": [f"{sum(account.files.values())} bytes"],
        "alternateIdentifiers": [{"alternateIdentifier": account.edition, "alternateIdentifierType": "edition"}],
    }


def catalogue_files(account: Account) -> dict[str, bytes]:
    """The three, as files of the package."""
    told = {"schema_org.jsonld": schema_org, "dcat.jsonld": dcat, "datacite.json": datacite}
    return {
        name: json.dumps(make(account), ensure_ascii=False, indent=1).encode() + b"\n" for name, make in told.items()
    }
