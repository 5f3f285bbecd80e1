"""Reasons: why a fact was found wanting, in words for people."""

from __future__ import annotations

from digestbot.text.facts import Fact
from digestbot.text.verify.agreement import Support
from digestbot.text.verify.evidence import Evidence


def reason_of(fact: Fact, evidence: Evidence, support: Support) -> str:
    """Return why *fact* is a finding."""
    return f"`{fact.text}` is not in the source"
