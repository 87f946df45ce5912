"""The words by which eight languages report an act, a plan, a refusal. All without accents, in small letters.

A line is a regular expression that begins at the beginning of a word.
"""

import re
from collections.abc import Mapping
from typing import Final

from tracker.domain.vocabulary import EventKind

ALLIANCE: Final = re.compile(
    r"\b(?:nato\w*|otan|north atlantic|nordatlant\w*|atlantique nord|pohjois-atlant\w*|kuzey atlantik"
    r"|eszak-atlanti|polnocnoatlantyck\w*)"
)

JOINING: Final[Mapping[str, re.Pattern[str]]] = {
    language: re.compile(rf"\b(?:{stems})")
    for language, stems in {
        "en": "accession|accede|join|membership|admission|protocol",
        "fr": "adhesion|adherer|rejoindre|protocole",
        "de": "beitritt|aufnahme|mitgliedschaft",
        "sv": "anslut|medlem|natoanslut|natomedlem|natointrade|intrade|tilltrade",
        "fi": "liitty|liittymis|natojasen|jasenyy|jasenek",
        "tr": "katilim|katilma|uyelik|uyeligi",
        "hu": "csatlakoz|felvetel|tagsag",
        "pl": "akcesj|akces|przystapien|czlonkostw",
    }.items()
}

# What turns an act into a plan, a refusal or a doubt.
OPEN: Final[Mapping[str, re.Pattern[str]]] = {
    language: re.compile(rf"\b(?:{stems})\b")
    for language, stems in {
        "en": r"will|would|could|(?<!\d )may(?! \d)|might|should|must|not|no|never|yet|expected|plans?|planned"
        r"|set to|to vote|postpon\w+|delay\w*|reject\w*|refus\w*|block\w*|urg\w+|calls? on"
        r"|before|if|until|scheduled|hopes?"
        r"|ready to|(?<!votes )(?<!voted )to (?:ratify|approve)",
        "fr": r"ne|pas|sera|seront|devrait|doit|pourrait|avant|si|repor\w+|refus\w*|rejet\w*|appelle",
        "de": r"nicht|kein\w*|wird|werden|soll\w*|konnte\w*|muss|bevor|wenn|verschieb\w*|verschob\w*|ablehn\w*|fordert",
        "sv": r"inte|ej|ska|skall|kan|maste|vantas|innan|skjut\w*|avslag\w*|avvisa\w*|uppmanar",
        "fi": r"ei|eivat|aikoo|voi|pitaa|ennen|jos|lykka\w*|hylka\w*|odote\w*|kehotta\w*",
        "tr": r"degil|\w*(?:mey|may)ecek\w*|\w+(?:ecek|acak)\w*|ertele\w*|reddet\w*|bekle\w*|once|henuz|gerek\w*",
        "hu": r"nem|ne|fog|fogja|kell|lehet|elott|ha|elhalaszt\w*|elutasit\w*|varhato\w*|meg nem",
        "pl": r"nie|bedzie|beda|ma|moze|powinn\w*|przed|jesli|odroczon\w*|odrzuc\w*|oczekuj\w*|wzywa",
    }.items()
}

_DEPOSITED, _RATIFIED, _VOTED = EventKind.DEPOSITED, EventKind.RATIFIED, EventKind.CHAMBER_VOTE
_PUBLISHED, _ASSENTED = EventKind.PUBLISHED, EventKind.ASSENTED

# “Ratified” is kept as the source's own word: it does not say which act is meant.
KINDS: Final[Mapping[str, Mapping[EventKind, str]]] = {
    "en": {
        _DEPOSITED: r"deposit(?:s|ed) (?:its |the |an |their )?instruments?|instruments? of (?:ratification|acceptance)"
        r" (?:was |were |has been |have been )?deposited",
        _RATIFIED: r"ratif(?:y|ies|ied)",
        _VOTED: r"(?:parliament|senate|assembly|bundestag|bundesrat|sejm|riksdag|chamber|deputies|lawmakers|mps)"
        r" (?:\w+ ){0,2}(?:votes?d?|approves?d?|backs?|backed|adopts?|adopted|passe[sd])",
        _PUBLISHED: r"(?:published|appears|appeared) in the official gazette",
        _ASSENTED: r"sign(?:s|ed) (?:\w+ ){0,4}into law|promulgat\w+",
    },
    "fr": {
        _DEPOSITED: r"depos\w+ (?:son |l'|ses |leur )instruments?",
        _RATIFIED: r"ratifi(?:e|ent|ee)\b",
        _VOTED: r"(?:parlement|senat|assemblee nationale|chambre|deputes|senateurs) (?:\w+ ){0,2}"
        r"(?:adopt\w+|approuv\w+|vot\w+)",
        _PUBLISHED: r"publie\w* au journal officiel",
        _ASSENTED: r"promulgu\w+",
    },
    "de": {
        _DEPOSITED: r"ratifikationsurkunden? (?:\w+ ){0,3}hinterlegt|hinterlegt\w* (?:\w+ ){0,3}ratifikationsurkunde",
        _RATIFIED: r"ratifiziert\w*",
        _VOTED: r"(?:bundestag|bundesrat|parlament) (?:\w+ ){0,6}"
        r"(?:stimmt\w*|billigt\w*|nimmt|nahm|beschliesst|beschloss)",
        _PUBLISHED: r"im bundesgesetzblatt (?:verkundet|veroffentlicht)",
    },
    "sv": {
        _DEPOSITED: r"deponera\w* (?:\w+ ){0,3}instrument\w*",
        _RATIFIED: r"ratificera[rdt]\w*",
        _VOTED: r"(?:riksdagen|parlament(?:et)?|senaten) (?:\w+ ){0,3}(?:godkan\w+|rosta\w+|sager ja|beslutade|antog)",
    },
    "fi": {
        _DEPOSITED: r"tallet\w+ (?:\w+ ){0,3}(?:ratifioimis|hyvaksymis)\w*",
        _RATIFIED: r"ratifioi\w*",
        _VOTED: r"(?:eduskunta|parlamentti|senaatti) (?:\w+ ){0,3}(?:hyvaksy\w+|aanest\w+)",
    },
    "tr": {
        _DEPOSITED: r"(?:onay|katilim) belge\w* (?:\S+ ){0,4}(?:tevdi|teslim) \w+",
        _RATIFIED: r"onayladi|onaylandi",
        _VOTED: r"(?:tbmm|meclis|genel kurul)\w*(?:'\w+)? (?:\S+ ){0,6}kabul ed(?:il)?di",
        _PUBLISHED: r"resmi gazete'?\w* (?:\S+ ){0,3}yayim\w+",
    },
    "hu": {
        _DEPOSITED: r"letetbe helyez\w*",
        _RATIFIED: r"ratifikalt\w*",
        _VOTED: r"(?:orszaggyules|parlament|haz) (?:\w+ ){0,6}(?:elfogadta|megszavazta|jovahagyta)",
        _PUBLISHED: r"magyar kozlony\w* (?:\w+ ){0,3}(?:megjelent|kihirdet\w*)",
        _ASSENTED: r"(?:allamfo|koztarsasagi elnok) (?:\w+ ){0,4}alairta",
    },
    "pl": {
        _DEPOSITED: r"zlozy\w+ (?:\w+ ){0,3}dokument\w* (?:ratyfikacyjn\w+|przyjecia)",
        _RATIFIED: r"ratyfikowa\w+",
        _VOTED: r"(?:sejm|senat) (?:\w+ ){0,4}(?:przyjal|uchwalil|poparl|wyrazil)",
        _ASSENTED: r"prezydent (?:\w+ ){0,4}podpisal",
    },
}
