"""Pages in a real browser: all is there, nothing runs, nothing is fetched, nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from browser import browser, width_of
from builders import SHARED, edition, story
from digestbot.model import (
    Candidate,
    Dossier,
    Doubt,
    Match,
    Notice,
    Origin,
    Passage,
    Place,
    Report,
    Section,
    Sentence,
    Source,
    Status,
)
from digestbot.pages.evidence import evidence_page
from digestbot.pages.preview import preview_page
from site_posts import DAYS, HOUSE, Sample, hostile, of_day

HOSTILE = '<script>document.title="run"</script><img src=x onerror="document.title=\'run\'">'
SOURCE = Source(
    publisher="Acme News",
    url="https://n.test/" + "very-long-" * 40,
    published=datetime(2026, 6, 1, tzinfo=UTC),
    sentences=("Acme", "Acme raised $1.5 billion.", HOSTILE, "x" * 400),
)
SENTENCE = Sentence(
    text="Acme融资15亿美元，共16人。",
    evidence=((0, 1),),
    matches=(
        Match(
            kind="name",
            text="Acme",
            start=0,
            end=4,
            place=Place(source=0, sentence=1, start=0, end=4),
        ),
        Match(
            kind="amount",
            text="15亿美元",
            start=6,
            end=11,
            place=Place(source=0, sentence=1, start=12, end=24),
        ),
        Match(kind="number", text="16人", start=13, end=16),
    ),
    doubts=(
        Doubt(
            kind="number",
            severity="hard",
            text="16人",
            start=13,
            end=16,
            reason="`16人` is not in the source",
        ),
    ),
)
DOSSIER = Dossier(
    edition=edition(),
    post="20260601.md",
    sha256="0" * 64,
    model="m",
    prompts=(("summarize", "a" * 64),),
    items=(
        Section(
            title=f"Acme {HOSTILE}",
            url="https://n.test/a",
            passages=(Passage(name="text", origin=Origin.LLM, sentences=(SENTENCE,)),),
            sources=(SOURCE,),
            repairs=("cut to “Acme”",),
        ),
        Section(title="B", url="javascript:alert(1)", passages=(), sources=()),
    ),
    editorial=Section(
        passages=(
            Passage(name="lead", origin=Origin.EXCERPT, sentences=(Sentence(text="今日1条。"),)),
        ),
        sources=(),
    ),
)
REPORT = Report(
    edition=edition(),
    status=Status.PUBLISHED,
    started=datetime(2026, 6, 1, tzinfo=UTC),
    candidates=(
        Candidate(edition="daily/2026-06-01", story=story("a"), place=1, chosen=True),
        Candidate(
            edition="daily/2026-06-01",
            story=story("z", title="Left " + HOSTILE),
            place=2,
            stage="choose",
            reason="beyond the best 1",
        ),
    ),
    notices=(Notice(stage="verify", subject="x", reason="cut"),),
)
POST = f"""---
title: "2026.06.01 速递"
date: 2026-06-01T08:00:00+08:00
---

今日**要闻**集中在 {"长" * 200} 。

1. [标题一](https://n.test/a)

    正文 **加粗** 与 `{"code" * 60}`。 {HOSTILE}

![图](https://n.test/{"image" * 60}.png)

[坏](javascript:document.title='run')

| a | b |
|---|---|
| {"cell" * 60} | 2 |

### 点评

https://n.test/{"word" * 80}
"""


POSTS = [next(hostile(*house)) for house in HOUSE]
"""One post of each house format and language, each title of which looks like markup."""


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with browser(tmp_path_factory.mktemp("browser")) as driver:
        yield driver


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "evidence.html"
    path.write_text(evidence_page(DOSSIER, REPORT, edited=True), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "preview.html"
    path.write_text(preview_page(POST, name="20260601"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_overflows(chrome: Chrome, evidence: Path, preview: Path, width: int) -> None:
    assert width_of(chrome, evidence, width) <= width
    for each in chrome.find_elements(By.TAG_NAME, "details"):
        chrome.execute_script("arguments[0].open = true", each)
    assert chrome.execute_script("return document.scrollingElement.scrollWidth") <= width
    assert width_of(chrome, preview, width) <= width


def test_nothing_runs_and_nothing_is_fetched(chrome: Chrome, evidence: Path, preview: Path) -> None:
    for path in (evidence, preview):
        chrome.get(path.as_uri())
        assert "run" not in chrome.title
        assert chrome.find_elements(By.TAG_NAME, "script") == []
        assert chrome.execute_script("return document.querySelectorAll('[onerror]').length") == 0
    addresses = [each.get_attribute("href") for each in chrome.find_elements(By.TAG_NAME, "a")]
    assert not any("javascript:" in (address or "") for address in addresses)
    chrome.get(evidence.as_uri())
    fetched = chrome.execute_script(
        "return performance.getEntriesByType('resource').map(each => each.name)"
    )
    assert fetched == []


def test_the_pages_own_style_is_let_through(chrome: Chrome, evidence: Path) -> None:
    chrome.get(evidence.as_uri())

    assert (
        chrome.find_element(By.CSS_SELECTOR, ".quote.cited").value_of_css_property(
            "border-left-width"
        )
        == "3px"
    )


def test_pointing_at_a_fact_lights_up_its_place(chrome: Chrome, evidence: Path) -> None:
    chrome.get(evidence.as_uri())
    amount, place = chrome.find_element(By.ID, "f2"), chrome.find_element(By.CLASS_NAME, "m2")
    other = chrome.find_element(By.CLASS_NAME, "m1")
    before = place.value_of_css_property("background-color")

    ActionChains(chrome).move_to_element(amount).perform()

    assert place.text == "$1.5 billion"
    assert place.value_of_css_property("background-color") != before
    assert other.value_of_css_property("background-color") == before


def test_so_does_the_keyboards_focus(chrome: Chrome, evidence: Path) -> None:
    chrome.get(evidence.as_uri())
    place = chrome.find_element(By.CLASS_NAME, "m1")
    before = place.value_of_css_property("background-color")
    for _ in range(10):
        ActionChains(chrome).send_keys(Keys.TAB).perform()
        if chrome.switch_to.active_element.get_attribute("id") == "f1":
            break

    focused = chrome.switch_to.active_element
    assert focused.get_attribute("id") == "f1"
    assert place.value_of_css_property("background-color") != before
    quote = chrome.find_element(By.ID, focused.get_attribute("aria-describedby") or "")
    assert "Acme raised $1.5 billion." in quote.text


def test_the_page_tells_findings_repairs_and_what_was_left_out(
    chrome: Chrome, evidence: Path
) -> None:
    chrome.get(evidence.as_uri())
    text = chrome.find_element(By.TAG_NAME, "body").text

    for said in (
        "✗ hard number: `16人` is not in the source",
        "cut to “Acme”",
        "beyond the best 1",
        "Left <script>",
        "verify: x: cut",
        "edited since",
        "prompt summarize: aaaaaaaaaaaa",
        "written by the model",
        "the publisher's words",
    ):
        assert said in text, said
    links = [each.get_attribute("href") for each in chrome.find_elements(By.TAG_NAME, "a")]
    assert links == ["https://n.test/a"]


def test_a_preview_has_all_that_the_post_has(chrome: Chrome, preview: Path) -> None:
    chrome.get(preview.as_uri())

    def texts(selector: str) -> list[str]:
        return [each.text for each in chrome.find_elements(By.CSS_SELECTOR, selector)]

    assert texts("h1") == ["2026.06.01 速递"]
    assert texts("h3") == ["点评"]
    assert texts("strong") == ["要闻", "加粗"]
    assert texts("li a") == ["标题一"]
    (image,) = chrome.find_elements(By.TAG_NAME, "img")
    assert (image.get_attribute("src") or "").startswith("https://n.test/image")
    assert "date 2026-06-01T08:00:00+08:00" in texts("header .meta")[0]
    assert HOSTILE in chrome.find_element(By.TAG_NAME, "main").text


@pytest.mark.parametrize("told", POSTS, ids=[f"{each.format}-{each.language}" for each in POSTS])
def test_a_preview_of_a_house_post_shows_all_that_it_tells(
    told: Sample, chrome: Chrome, tmp_path: Path
) -> None:
    path = tmp_path / "preview.html"
    path.write_text(preview_page(told.post("hugo"), name="x"), encoding="utf-8")
    front = told.digest.front_matter

    assert width_of(chrome, path, 1280) <= 1280
    assert width_of(chrome, path, 375) <= 375
    shown = {
        tag: [_shown(each) for each in chrome.find_elements(By.TAG_NAME, tag)]
        for tag in ("h1", "strong", "a")
    }
    assert shown["h1"] == [front.title]
    assert shown["strong"] == told.bold
    assert shown["a"] == [words for words, _ in told.links]
    assert chrome.find_elements(By.CSS_SELECTOR, "script, [onerror], main img:not([alt])") == []
    assert chrome.title == front.title
    categories = ", ".join(front.categories)
    assert " ".join(categories.split()) in chrome.find_element(By.CLASS_NAME, "meta").text


def test_the_keyboard_reaches_every_link_of_a_preview_and_shows_where_it_is(
    chrome: Chrome, tmp_path: Path
) -> None:
    path = tmp_path / "preview.html"
    path.write_text(preview_page(POSTS[0].post("hugo"), name="x"), encoding="utf-8")
    chrome.get(path.as_uri())
    reached = []

    for _ in POSTS[0].links:
        ActionChains(chrome).send_keys(Keys.TAB).perform()
        focused = chrome.switch_to.active_element
        reached.append(_shown(focused))
        assert focused.value_of_css_property("outline-style") == "solid"

    assert reached == [words for words, _ in POSTS[0].links]


def _shown(element: WebElement) -> str:
    return str(element.get_property("textContent"))


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the real feeds are not here")
@pytest.mark.parametrize("format", ["daily", "magazine"])
@pytest.mark.parametrize(("day", "now", "language"), DAYS, ids=["zh", "en"])
def test_the_pages_of_a_real_day_are_whole_and_fit(
    day: str, now: str, language: str, format: str, chrome: Chrome, tmp_path: Path
) -> None:
    made = of_day(day, now, language=language, format=format)
    told = Sample(digest=made.digest, format=format, language=language)
    paths = tmp_path / "preview.html", tmp_path / "report.html"
    paths[0].write_text(preview_page(made.post, name="x"), encoding="utf-8")
    paths[1].write_text(made.page, encoding="utf-8")

    for path, width in product(paths, (1280, 375)):
        assert width_of(chrome, path, width) <= width
        assert chrome.find_elements(By.TAG_NAME, "script") == []
    links = [_shown(each) for each in chrome.find_elements(By.CSS_SELECTOR, "h2 + p a")]
    assert set(links) == {url for _, url in told.links}
    facts = chrome.find_elements(By.CSS_SELECTOR, "[aria-describedby]")
    places = {each.get_attribute("id") for each in chrome.find_elements(By.CLASS_NAME, "quote")}
    assert facts
    assert {each.get_attribute("aria-describedby") for each in facts} <= places


def test_a_table_of_a_post_keeps_its_head_on_a_phone(chrome: Chrome, preview: Path) -> None:
    width_of(chrome, preview, 375)

    assert [each.text for each in chrome.find_elements(By.TAG_NAME, "th")] == ["a", "b"]


def test_a_source_is_counted_as_one_and_none_is_not_offered(chrome: Chrome, evidence: Path) -> None:
    chrome.get(evidence.as_uri())

    said = [each.text for each in chrome.find_elements(By.TAG_NAME, "summary")]
    assert said == ["Repairs (1)", "The source, as it was read"]


def test_a_title_is_read_from_its_quotes_and_shown_once() -> None:
    quoted = preview_page('---\ntitle: "He said: \\"yes\\""\ndraft: true\n---\nText.', name="x")
    plain = preview_page('<!--\ntitle: "T"\ntags: ["a", "b"]\n-->\n\n# T\n\nText.', name="x")

    assert "<h1>He said: &#34;yes&#34;</h1>" in quoted
    assert "draft true" in quoted
    assert plain.count("<h1>") == 1
    assert '<p class="meta">tags a, b</p>' in plain


def test_a_page_without_a_run_or_doubts_is_whole() -> None:
    plain = replace(DOSSIER, model="", prompts=())

    made = evidence_page(plain, None, edited=False)

    assert "edited since" not in made
    assert "no model: the publishers&#39; own words" in made
    assert "Left out" not in made


def test_a_post_without_a_front_matter_is_called_by_its_files_name() -> None:
    made = preview_page("# Heading\n\nText.", name="letter")

    assert "<title>letter</title>" in made
    assert "<h1>Heading</h1>" in made
    assert "stray line" in preview_page("---\nstray line\n---\nText.", name="x")
