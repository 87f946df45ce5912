"""What a shell completes by: the commands and the options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

OPTIONS: Final = ("--site", "--package", "--as-of", "--known-at", "--json", "--act", "--help")

_BASH: Final = """_article10() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}"
  COMPREPLY=($(compgen -W "{words}" -- "$word"))
}}
complete -F _article10 article10
"""
_ZSH: Final = """#compdef article10
compadd -- {words}
"""
_FISH: Final = 'complete -c article10 -f -a "{words}"\n'
SHELLS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def script_of(shell: str, commands: Sequence[str]) -> str:
    """The script of that shell. Raises `KeyError` for a shell that is not known."""
    if shell not in SHELLS:
        raise KeyError(f"There is no completion for {shell}; there is for {', '.join(SHELLS)}.")
    return SHELLS[shell].format(words=" ".join((*commands, *OPTIONS)))
