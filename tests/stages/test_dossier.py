"""Each printed sentence is kept with what it rests on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from builders import commentary, edition, entry, story, summary
from digestbot.library import load_format, load_prompt
from digestbot.model import Commentary, Dossier, Line, Origin, Post, Summary
from digestbot.stages.compose import compose
from digestbot.stages.dossier import dossier
from digestbot.stages.excerpt import excerpt
from digestbot.text.aliases import shipped

DAILY = load_format("daily")
TEXT = "Acme raised $1.5 billion on May 14. Nvidia leads the round. It has 40 people."
STORY = story(
    "a", entry("b", title="Acme融资", content="融资由英伟达领投。"), title="Acme", content=TEXT
)
WRITTEN = summary(
    story=STORY,
    headline="Acme融资15亿美元",
    text="**Acme**于5月14日融资15亿美元。英伟达领投，公司有40人。",
    lines=(
        Line(text="Acme于5月14日融资15亿美元。", cited=((0, 1),)),
        Line(text="英伟达领投，公司有40人。", cited=((0, 2),)),
    ),
    repairs=("cut to …",),
)


def of(*summaries: Summary, said: Commentary | None = None, model: str = "m") -> Dossier:
    said = said or commentary(lead="今日1条：Acme融资15亿美元。")
    digest = compose(edition(), summaries, said, format=DAILY)
    return dossier(
        Post(path=Path("posts/20260601.md"), text="the post"),
        digest,
        summaries,
        said,
        edition=edition(),
        model=model,
        prompts={"summarize": load_prompt("summarize", "zh")},
        aliases=shipped(),
    )


def test_it_names_the_post_its_bytes_the_model_and_the_prompts() -> None:
    made = of(WRITTEN)

    assert (made.post, made.model) == ("20260601.md", "m")
    assert made.sha256 == hashlib.sha256(b"the post").hexdigest()
    ((name, words),) = made.prompts
    assert (name, len(words)) == ("summarize", 64)
    assert of(WRITTEN, model="").prompts == ()


def test_an_item_has_its_sources_its_sentences_and_their_evidence() -> None:
    (item,) = of(WRITTEN).items

    assert (item.title, item.url) == ("Acme融资15亿美元", "https://n.test/a")
    assert [source.url for source in item.sources] == ["https://n.test/a", "https://n.test/b"]
    assert item.sources[0].sentences[:2] == ("Acme", "Acme raised $1.5 billion on May 14.")
    assert item.repairs == ("cut to …",)
    headline, text = item.passages
    assert [sentence.text for sentence in headline.sentences] == ["Acme融资15亿美元"]
    assert [sentence.evidence for sentence in text.sentences] == [((0, 1),), ((0, 2),)]


def test_facts_have_their_places_and_what_stands_elsewhere_is_doubted() -> None:
    _, text = of(WRITTEN).items[0].passages
    first, second = text.sentences

    assert {match.text: match.place is not None for match in first.matches} == {
        "Acme": True,
        "5月14日": True,
        "15亿美元": True,
    }
    assert first.doubts == ()
    (doubt,) = second.doubts
    assert (doubt.text, doubt.severity) == ("40人", "suspect")


def test_a_publishers_words_are_found_again_and_not_doubted() -> None:
    quoted = excerpt(STORY, edition=edition(), locale=DAILY.locale("zh"))
    plain = commentary(origin=Origin.EXCERPT)

    (item,) = of(quoted, said=plain, model="").items

    _, text = item.passages
    assert text.origin is Origin.EXCERPT
    assert text.sentences[0].evidence == ((1, 1),)
    assert all(match.place for sentence in text.sentences for match in sentence.matches)
    assert [doubt for sentence in text.sentences for doubt in sentence.doubts] == []


def test_what_stands_in_no_source_cites_nothing() -> None:
    quoted = summary(story=STORY, headline="Acme", text="这不在任何来源里。", origin=Origin.EXCERPT)

    (item,) = of(quoted).items

    assert item.passages[1].sentences[0].evidence == ()


def test_the_editors_texts_rest_on_the_items_and_their_sources() -> None:
    said = commentary(lead="今日1条：Acme融资15亿美元。", paragraphs=("我看，英伟达押对了。",))

    editorial = of(WRITTEN, said=said).editorial

    lead, comment = editorial.passages
    assert (lead.name, comment.name) == ("lead", "commentary")
    assert editorial.sources[0].sentences[0] == "Acme融资15亿美元"
    places = {match.text: match.place for match in lead.sentences[0].matches}
    assert places["15亿美元"]
    assert places["15亿美元"].source == 0
    assert all(sentence.doubts == () for sentence in (*lead.sentences, *comment.sentences))
