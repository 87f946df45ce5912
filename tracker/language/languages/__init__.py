"""The languages of the site: a file each, with what the site has to know of it beside its catalogue of texts.

Nothing in here imports Django: the settings ask here which languages there are.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from tracker.language.languages.base import Language

_FOUND: Final = [
    module.LANGUAGE
    for name in sorted(found.name for found in iter_modules(__path__) if found.name != "base")
    if (module := import_module(f"{__name__}.{name}"))
]

# Every language by its code, in the order in which readers are offered them; the first is the one of the code.
LANGUAGES: Final[dict[str, Language]] = {one.code: one for one in sorted(_FOUND, key=lambda one: one.place)}

__all__ = ["LANGUAGES", "Language"]
