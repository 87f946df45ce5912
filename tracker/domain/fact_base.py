"""What every fact has: it is complete, immutable, and its own document; and the parts that facts of all kinds share."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from tracker.domain.validators import Account, Address, DateText, Line, MaybeAddress, Name, Text, Title, Word, at_most
from tracker.domain.vocabulary import SourceClass


class Fact(BaseModel):
    """The base of every fact."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True, use_enum_values=False
    )

    def document(self) -> dict[str, Any]:
        """The fact as plain JSON data, keys in their fixed order."""
        return self.model_dump(mode="json", by_alias=True)


class GrownFact(Fact):
    """A fact that has been given keys since the record began.

    Such a key is left out of the document where it says nothing: what was written before it came reads the same,
    byte for byte, as what is written now.
    """

    since_then: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _leave_out_what_says_nothing(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        document: Mapping[str, Any] = write(self)
        return {key: value for key, value in document.items() if value or key not in self.since_then}


class Source(Fact):
    """Who says so, and where."""

    url: Address
    title: Annotated[Title, at_most(500)]
    publisher: Name
    source_class: SourceClass = Field(alias="class")
    published: DateText = ""
    quote: Text = ""
    quote_language: Annotated[Line, at_most(8)] = ""
    archived_url: MaybeAddress = ""


class Differing(Fact):
    """What another source says differently."""

    field: Word
    value: Account
    url: Address
