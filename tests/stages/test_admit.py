"""Admit: what cannot be printed costs its story, never the edition."""

from __future__ import annotations

import pytest

from builders import commentary, edition, story, summary
from digestbot.library import load_format
from digestbot.model import Notice, Origin, Skipped
from digestbot.stages.admit import admit, admit_commentary

DAILY = load_format("daily")
REFUSAL = "抱歉，作为AI语言模型，我无法完成您的请求。"
TEXT = "星河公司周一发布了新模型，参数规模为700亿。该模型已在官网开放下载，采用宽松许可证。"


def test_summaries_that_can_be_printed_pass_in_order() -> None:
    given = [summary("a", text=TEXT), summary("b", text=TEXT)]

    assert admit(given, edition=edition(), format=DAILY) == (given, [])


def test_a_models_text_that_breaks_the_format_gives_way_to_the_publishers() -> None:
    broken = summary("a", story=story("a", excerpt=TEXT), text=REFUSAL)

    (kept,), (remark,) = admit([broken], edition=edition(), format=DAILY)

    assert (kept.origin, kept.text) == (Origin.EXCERPT, TEXT)
    assert isinstance(remark, Notice)
    assert remark.reason.startswith("quoted: E")


def test_a_story_whose_publisher_breaks_the_format_is_left_out_alone() -> None:
    hopeless = summary("a", story=story("a", excerpt=REFUSAL), text=REFUSAL)
    sound = summary("b", text=TEXT)

    kept, remarks = admit([hopeless, sound], edition=edition(), format=DAILY)

    assert kept == [sound]
    assert [type(remark) for remark in remarks] == [Notice, Skipped]
    assert remarks[-1].subject == "https://n.test/a"


def test_a_link_that_cannot_be_printed_costs_its_story() -> None:
    placeholder = summary("a", story=story("a", url="https://example.com/x"), text=TEXT)
    no_link = summary("b", story=story("b", url="ftp://n.test/x"), text=TEXT)

    kept, remarks = admit([placeholder, no_link], edition=edition(), format=DAILY)

    assert kept == []
    assert [r.subject for r in remarks if isinstance(r, Skipped)] == [
        "https://example.com/x",
        "ftp://n.test/x",
    ]


def test_a_commentary_that_can_be_printed_passes() -> None:
    written = commentary(lead=TEXT, paragraphs=(TEXT,))

    assert admit_commentary(
        written, [summary("a", text=TEXT)], edition=edition(), format=DAILY
    ) == (written, [])


@pytest.mark.parametrize(
    "broken", [commentary(lead=REFUSAL), commentary(lead=TEXT, paragraphs=(REFUSAL,))]
)
def test_a_commentary_that_breaks_the_format_is_left_out(broken: object) -> None:
    kept, (remark,) = admit_commentary(
        broken,  # type: ignore[arg-type]
        [summary("a", text=TEXT)],
        edition=edition(),
        format=DAILY,
    )

    assert kept.origin is Origin.EXCERPT
    assert kept.paragraphs == ()
    assert "without commentary" in remark.reason
