"""The rules that only features are held to; numbered as :mod:`digestbot.stages.lint_rules` does."""

from __future__ import annotations

from types import MappingProxyType

from digestbot.model import Finding, Severity

RULES = MappingProxyType(
    {
        "E321": "there is no hook",
        "E322": "there are no sections",
        "E323": "a section without a paragraph",
        "E324": "there is no close",
        "E325": "the source is no http(s) address in double quotes",
        "W541": "the length of the title",
        "W542": "the length of the hook",
        "W543": "the number of sections",
        "W544": "the length of a section's heading",
        "W545": "the number of paragraphs of a section",
        "W546": "the length of a section's paragraph",
        "W547": "the number of bold spans in a paragraph",
        "W548": "the length of the close",
    }
)


def feature_finding(code: str, span: tuple[int, int], detail: str = "") -> Finding:
    """Return the finding of the rule *code*, with what was found."""
    severity = Severity.ERROR if code.startswith("E") else Severity.WARNING
    reason = f"{RULES[code]}: {detail}" if detail else RULES[code]
    return Finding(code=code, severity=severity, span=span, reason=reason)
