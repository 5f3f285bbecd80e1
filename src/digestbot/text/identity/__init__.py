"""Story identity: which accounts tell the same event, across sources, languages, days and words."""

from __future__ import annotations

from digestbot.text.identity.accounts import Account
from digestbot.text.identity.likeness import SAME, Identity

__all__ = ["SAME", "Account", "Identity"]
