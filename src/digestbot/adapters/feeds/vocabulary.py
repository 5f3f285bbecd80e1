"""The words of RSS and Atom that we read, whatever prefix a feed gives to their namespaces."""

from __future__ import annotations

from collections.abc import Mapping

_OURS = (
    "http://www.w3.org/2005/atom",
    "https://www.w3.org/2005/atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://purl.org/rss/1.0/modules/rss091#",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://blogs.law.harvard.edu/tech/rss",
)
_NAMESPACES = dict.fromkeys(_OURS, "") | {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
"""Namespaces, in lower case as readers of feeds compare them, and the prefix they usually have."""

_FIELDS = {
    "title": ("title", "dc:title"),
    "media title": ("media:title",),
    "link": ("link",),
    "id": ("guid", "id"),
    "published": ("pubdate", "published", "issued", "dcterms:issued"),
    "updated": ("updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"),
    "created": ("created", "dcterms:created"),
    "description": ("description", "dc:description", "abstract"),
    "summary": ("summary",),
    "itunes summary": ("itunes:summary",),
    "media description": ("media:description",),
    "content": ("content", "content:encoded", "fullitem", "body", "xhtml:body"),
    "enclosure": ("enclosure",),
    "language": ("language", "dc:language"),
    "ttl": ("ttl",),
    "period": ("sy:updateperiod",),
    "frequency": ("sy:updatefrequency",),
    "hours": ("hour",),
    "days": ("day",),
}
_CONTAINERS = {
    "feed": ("rss", "rdf:rdf", "feed"),
    "record": ("item", "entry"),
    "group": ("channel", "media:group", "media:content", "skiphours", "skipdays"),
    "aside": ("author", "contributor", "source", "itunes:owner", "items"),
}
"""What holds others: the feed, a record, a group whose elements belong to what it stands in,
and what is about something else."""

_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words}
_HOLDER_OF = {word: holder for holder, words in _CONTAINERS.items() for word in words}


class Names:
    """What the names in one document mean: as a field, and as what holds others."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {}
        self.fields = _Meanings(_FIELD_OF, self._prefixes)
        self.holders = _Meanings(_HOLDER_OF, self._prefixes)

    def bind(self, prefix: str, namespace: str) -> bool:
        """Note a prefix; False where it stood for something else so far.

        A namespace that is not known goes by its prefix, as feedparser has it.
        """
        usual = _NAMESPACES.get(namespace.lower(), prefix)
        return self._prefixes.setdefault(prefix, usual) == usual


class _Meanings(dict[str, str]):
    """The meaning of each name, "" for what is not read; looked up once a document."""

    def __init__(self, words: Mapping[str, str], prefixes: Mapping[str, str]) -> None:
        self._words = words
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        usual = self._prefixes.get(prefix, prefix) if prefix else ""
        meaning = self._words.get(f"{usual}:{local}".lower() if usual else local.lower(), "")
        self[name] = meaning
        return meaning
