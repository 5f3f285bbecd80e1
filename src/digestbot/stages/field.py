"""Field: whether a day's news is of the field whose editors we learned from.

What an editor of AI news picks says little about what one of world news would.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digestbot.model import Cluster
from digestbot.stages.kinds import MAX_TITLE
from digestbot.text.titles import folded

OF_FIELD = 0.4
"""The share of a day's titles that name the field, from which the day is of it: it is 0.6 to 0.7
among headlines chosen for it, 0.2 among mixed ones of technology, 0.03 among the world's."""

_FIELD = re.compile(
    r"\bai\b|ai(?=[一-鿿])|(?<=[一-鿿])ai|人工智能|大模型|智能体|机器人|芯片|算力|\bllms?\b|\bagents?\b"
    r"|\bgpus?\b|openai|chatgpt|\bgpt|claude|anthropic|gemini|deepseek|nvidia|英伟达"
    r"|machine learning"
)


def of_field(clusters: Sequence[Cluster]) -> bool:
    """Whether enough of *clusters* are of the field that ``learned`` is about."""
    return share_of_field(clusters) >= OF_FIELD


def share_of_field(clusters: Sequence[Cluster]) -> float:
    """Return the share of *clusters* whose lead's title names the field."""
    named = sum(_FIELD.search(folded(c.lead.title[:MAX_TITLE])) is not None for c in clusters)
    return named / len(clusters) if clusters else 0.0
