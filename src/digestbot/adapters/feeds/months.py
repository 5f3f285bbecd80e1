"""The names of months in the languages that feeds write them in."""

from __future__ import annotations

import unicodedata

_NAMES = (
    "jan ene gen янв ιαν oca sty",
    "feb fev fév fevr февр фев φεβ sub lut",
    "mar mär mrz mrt мар μαρ μαω mar",
    "apr abr avr ápr апр απρ nis kwi",
    "may mai mei maj mag máj máu май мая μαι",
    "jun juin giu gug jún июн ιουν ιον haz cze",
    "jul juil lug júl июл ιουλ ιολ tem lip",
    "aug aou ago авг αυγ agu sie",
    "sep set sze сен σεπ eyl wrz",
    "oct okt out ott окт οκτ eki paz",
    "nov ноя νοε kas lis",
    "dec dez dic déc des дек δεκ ara gru",
)
"""The first letters of each, from January to December; four where three would not do."""


def _bare(text: str) -> str:
    """*text* in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


_MONTHS = {_bare(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}


def month_of(name: str) -> int:
    """Return the number of the month that *name* begins like, 0 where there is none."""
    bare = _bare(name)
    return _MONTHS.get(bare[:4]) or _MONTHS.get(bare[:3]) or 0
