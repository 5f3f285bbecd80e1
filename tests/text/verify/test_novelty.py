"""A sentence that has hardly a word of its sources is a claim without support."""

from __future__ import annotations

from digestbot.text.verify import check

SOURCE = "Acme opened a chip plant in Rome on Monday. The plant employs forty engineers."
INVENTED = "Environmental campaigners gathered outside, chanting slogans against pollution."


def claims(text: str, *sources: str) -> list[str]:
    return [each.text for each in check(text, sources or [SOURCE]) if each.kind == "claim"]


def test_an_invented_sentence_is_found_where_it_stands() -> None:
    text = f"Acme opened a chip plant in Rome. {INVENTED} The plant employs engineers."

    (finding,) = (each for each in check(text, [SOURCE]) if each.kind == "claim")

    assert text[finding.start : finding.end] == finding.text == INVENTED
    assert finding.severity == "hard"
    assert "campaigners, gathered, chanting" in finding.reason


def test_the_same_in_other_words_passes() -> None:
    assert claims("On Monday a plant for chips began work in Rome, with engineers.") == []
    assert claims("Here is a concise summary of the passage, covering the core information.") == []


def test_few_new_words_are_no_claim() -> None:
    assert claims("Shareholders rejoiced.") == []


def test_texts_in_another_language_are_not_compared() -> None:
    assert claims(INVENTED, "顶点公司周一在罗马开设了一家芯片厂。") == []
    assert claims("环保人士在厂外聚集，高喊口号。") == []
    assert claims(INVENTED, "") == []
