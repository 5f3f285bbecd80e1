"""Which accounts tell the same event: real kinds of headlines, and what must hold for all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.identity import Account, Identity

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

NOISE = [
    Account(title=title, published=NOON)
    for title in (
        "Rain stops the harvest in the north of France",
        "A museum for typewriters opens in Turin",
        "Why bakers are returning to sourdough",
        "Orkney ferry line orders two electric ships",
        "Lisbon trams will run through the night",
        "上海今日有雷阵雨，最高气温三十度",
        "敦煌新发现一批唐代文书",
        "长江流域进入主汛期，多地启动应急响应",
        "国内首条跨海高铁开始铺轨",
        "故宫将在周一恢复夜场开放",
    )
]


def joined(*titles: str, **given: object) -> bool:
    """Whether all *titles* are one story on a day with other news."""
    accounts = [Account(title=title, published=NOON) for title in titles]
    groups = Identity([*accounts, *NOISE], **given).groups()  # type: ignore[arg-type]
    return list(range(len(titles))) in groups


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Stripe Clinches over $7B Deal to Buy AI Firm OpenRouter",
            "Stripe will reportedly acquire AI gateway startup OpenRouter for $7B+",
        ),
        (
            "Meta ordered to pay $375M in New Mexico trial over child exploitation",
            "Meta told to pay $375M for misleading users over child safety in New Mexico",
        ),
        (
            "程一笑：可灵AI ARR已超3亿美元，预计今年收入翻倍以上增长",
            "快手 CEO 程一笑：对可灵 AI 今年收入实现同比翻倍以上增长保持较强信心",
        ),
        (
            "Biles se retira de la final por equipos en Tokio",
            "Simone Biles se retira de la final olímpica por equipos en Tokio 2020",
        ),
    ],
    ids=["deal", "trial", "chinese", "spanish"],
)
def test_one_event_in_other_words_is_one_story(one: str, other: str) -> None:
    assert joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Stripe敲定一笔超过70亿美元的交易，收购人工智能公司OpenRouter",
            "Stripe Clinches over $7B Deal to Buy AI Firm OpenRouter",
        ),
        ("Modular 官宣 Mojo 语言全面开源", "The Mojo language by Modular is now open-source"),
        ("软银承诺斥资750亿欧元建设设施", "SoftBank bets 75 billion euros on data centres"),
        ("月之暗面正式发布并开源了 Kimi K2.6 模型", "Kimi K2.6: Advancing open-source coding"),
    ],
    ids=["acquisition", "open source", "amount", "model"],
)
def test_one_event_in_two_languages_is_one_story(one: str, other: str) -> None:
    assert joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI 发布 GPT-5.5 模型", "OpenAI 发布 Sora 3 模型"),
        ("OpenAI发布GPT-5.3 Instant模型", "Mistral AI 发布 Voxtral TTS 模型"),
        ("OpenAI announces the new GPT-5.5 model", "OpenAI announces the new GPT-5.4 model"),
        ("Bexley reports a loss", "Corwin reports a loss"),
        ("Gemini 3.1 Flash", "Gemini 3.1 Flash-Lite"),
        ("小米汽车7月交付量超过3万辆", "理想汽车7月交付量超过3万辆"),
        ("新西兰3月6日发生6.4级地震", "新西兰3月4日发生6.9级地震"),
        ("Prompt Engineer", "Claude: System Prompts"),
        ("公司称产品今年不会涨价，请用户放心", "公司称产品今年会涨价，请用户放心"),
        ("Acme says it will not raise prices", "Acme says it will raise prices"),
        ("Ask HN: Alternatives to GitHub", "Cursor launches Origin, GitHub alternative"),
        ("以色列一名学生获奖", "Students in Israel join 1 strike"),
        ("ContractMetric", "Reactor shut down after control rods drop"),
        ("Show HN", "Show HN"),
        ("今日最佳", "今日最佳"),
    ],
    ids=(
        "product company-and-product version subject extension company day word 不 not question"
        " country stem column 专栏"
    ).split(),
)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert not joined(one, other)


def test_one_publisher_is_less_likely_to_tell_an_event_twice_than_two() -> None:
    def likeness(*sources: str) -> float:
        titles = ("Evaluating agent skills with Bench", "Building new agent skills on Flow")
        told = [Account(title=t, source=s) for t, s in zip(titles, sources, strict=True)]
        return Identity([*told, *NOISE]).likeness(0, 1)

    assert likeness("a.example", "a.example") < likeness("a.example", "b.example")
    assert likeness("", "") == likeness("a.example", "b.example")


def test_what_two_makers_tell_of_their_own_is_two_stories() -> None:
    def why(first: str, second: str) -> str:
        told = [
            Account(title="Bringing cyber defenders more of our models", source=first),
            Account(title="Scaling cyber defenders with new models", source=second),
        ]
        return Identity([*told, *NOISE]).why(0, 1)

    assert why("claude.com", "developers.openai.com") == "of two makers, each of its own"
    assert why("claude.com", "anthropic.com").startswith("likeness")
    assert why("claude.com", "paper.example").startswith("likeness")


def test_a_maker_that_the_other_names_is_no_other_maker() -> None:
    told = [
        Account(title="OpenAI and Nvidia agree on ten gigawatts of systems", source="openai.com"),
        Account(title="Nvidia agrees on ten gigawatts of systems", source="nvidianews.nvidia.com"),
    ]

    assert Identity([*told, *NOISE]).groups()[0] == [0, 1]


def test_a_product_that_a_report_compares_with_is_not_what_it_tells_of() -> None:
    told = [
        Account(
            title="GLM-5.3上线，AA指数60分并列第一", text="智谱的模型与GPT-5.6 Sol等旗舰同级。"
        ),
        Account(title="GPT-5.6 Sol is 70% off in Devin"),
        Account(title="GPT-5.6 Sol 在 Devin 打三折"),
    ]

    groups = Identity([*told, *NOISE]).groups()

    assert [0] in groups
    assert Identity([*told, *NOISE]).likeness(0, 1) == 0


def test_a_list_of_changes_is_no_article_about_the_product() -> None:
    changes = "Sessions of the coding agent resume where they were left, and plugins load faster."
    told = [
        Account(title="v2.1.236", text=changes, source="github.com/someone"),
        Account(title="Sessions of the coding agent resume", text=changes, source="maker.example"),
        Account(title="Version 2.1.236 of the coding agent", text=changes, source="paper.example"),
    ]
    identity = Identity([*told, *NOISE])

    assert identity.why(0, 1) == "a release that the other does not name"
    assert identity.likeness(0, 1) == 0
    assert identity.likeness(0, 2) > 0


def test_the_same_words_weeks_apart_are_two_stories() -> None:
    title = "Workers of the port of Marseille go on strike over pay"
    again = "Port of Marseille: workers strike over their pay"
    far = Account(title=again, published=NOON - timedelta(days=20))

    assert joined(title, again)
    assert [0, 1] not in Identity([Account(title=title, published=NOON), far, *NOISE]).groups()


def test_the_text_tells_what_a_title_does_not() -> None:
    text = "Ben Roethlisberger told his teammates they need not make up for Antonio Brown's absence"
    one = Account(title="Steelers cruise to win over Texans", text=text)
    other = Account(title="A rout on Christmas day", text=f"{text}, who sat out.")

    assert [0, 1] in Identity([one, other, *NOISE]).groups()


def test_a_chain_of_look_alikes_is_no_story() -> None:
    chain = [
        "Acme opens a plant in Ohio",
        "Acme plant in Ohio halts line for bolts",
        "Line for bolts halts train to Boston",
        "Train to Boston carries whale museum show",
        "Whale museum show opens in Perth",
    ]
    accounts = [Account(title=title, published=NOON) for title in chain]

    groups = Identity([*accounts, *NOISE]).groups()

    assert list(range(len(chain))) not in groups


# --- verdicts and vectors -----------------------------------------------------


def test_a_verdict_joins_what_words_do_not() -> None:
    titles = ("央行宣布下调存款准备金率", "China frees up cash at its lenders")

    assert not joined(*titles)
    assert joined(*titles, verdicts={(0, 1): True})


def test_a_verdict_keeps_apart_what_words_join() -> None:
    titles = (
        "Stripe Clinches over $7B Deal to Buy AI Firm OpenRouter",
        "Stripe will reportedly acquire AI gateway startup OpenRouter for $7B+",
    )

    assert not joined(*titles, verdicts={(0, 1): False})


def test_verdicts_make_no_chain() -> None:
    """The first and the third are judged apart, so the second goes with one of them."""
    accounts = [Account(title=title) for title in ("央行降准", "Lenders get cash", "Rates fall")]
    verdicts = {(0, 1): True, (1, 2): True, (0, 2): False}

    groups = Identity([*accounts, *NOISE], verdicts=verdicts).groups()

    assert [0, 1, 2] not in groups
    assert [0, 1] in groups or [1, 2] in groups


def _vectors(count: int, near: tuple[int, int]) -> list[list[float]]:
    """Vectors that all point elsewhere, but for two."""
    rows = [[float(place == axis) for axis in range(count)] for place in range(count)]
    rows[near[1]] = rows[near[0]]
    return rows


def test_vectors_help_words_and_do_not_replace_them() -> None:
    doubtful = ("Robot dogs patrol Dutch rail yards", "Dutch railways let robots guard their yards")
    unrelated = ("Robot dogs patrol rail yards", "Beekeepers fear a dry spring")
    count = 2 + len(NOISE)

    def likeness(titles: tuple[str, str], vectors: list[list[float]] | None) -> float:
        accounts = [*(Account(title=title, published=NOON) for title in titles), *NOISE]
        return Identity(accounts, vectors=vectors).likeness(0, 1)

    near = _vectors(count, (0, 1))

    assert likeness(doubtful, near) > likeness(doubtful, None) > 0
    assert likeness(doubtful, _vectors(count, (2, 3))) < likeness(doubtful, None)
    assert likeness(unrelated, near) == 0


@pytest.mark.parametrize(
    "row",
    [[float("nan")] * 12, [float("inf")] * 12, [0.0] * 12, [1.0], []],
    ids=["nan", "infinite", "zero", "short", "empty"],
)
def test_a_vector_that_cannot_be_used_changes_nothing(row: list[float]) -> None:
    titles = ("Robot dogs patrol Dutch rail yards", "Dutch railways let robots guard their yards")
    accounts = [*(Account(title=title, published=NOON) for title in titles), *NOISE]
    vectors: list[list[float] | None] = [*_vectors(len(accounts), (2, 3))]
    vectors[0] = row
    missing = [*vectors]
    missing[0] = None

    found = Identity(accounts, vectors=vectors)

    assert found.likeness(0, 1) == Identity(accounts, vectors=missing).likeness(0, 1)


# --- reasons and candidates -----------------------------------------------------


def test_why_names_what_both_say_and_the_time_between() -> None:
    one = Account(title="Stripe Clinches over $7B Deal to Buy OpenRouter", published=NOON)
    other = Account(title="Stripe to buy OpenRouter", published=NOON - timedelta(hours=3))

    why = Identity([one, other, *NOISE]).why(0, 1)

    assert "OpenRouter" in why
    assert "Stripe" in why
    assert why.endswith("; 3 hours apart")


def test_why_shows_whole_chinese_words() -> None:
    one, other = "英国制造的无人机袭击俄罗斯", "英国制造的无人机首次出动"

    assert "英国制造的无人机" in Identity([Account(title=one), Account(title=other)]).why(0, 1)


@pytest.mark.parametrize(
    ("verdict", "words"), [(True, "judged the same event"), (False, "judged another event")]
)
def test_why_names_a_verdict(verdict: bool, words: str) -> None:
    accounts = [Account(title="Acme buys Beta"), Account(title="Beta is sold")]

    assert Identity(accounts, verdicts={(0, 1): verdict}).why(0, 1) == words


def test_why_names_a_contradiction() -> None:
    accounts = [Account(title=f"OpenAI announces the new GPT-5.{n} model today") for n in (4, 5)]

    assert Identity(accounts).why(1, 0) == "the same words with other figures"


def test_candidates_are_what_nobody_is_sure_of() -> None:
    sure = Account(title="Stripe Clinches over $7B Deal to Buy AI Firm OpenRouter")
    doubtful = [
        Account(title="软银承诺在法国建设人工智能设施"),
        Account(title="SoftBank bets on data centres"),
    ]
    identity = Identity([sure, sure, *doubtful, *NOISE])

    assert (2, 3) in identity.candidates(limit=5)
    assert (0, 1) not in identity.candidates(limit=5)
    assert len(identity.candidates(limit=1)) == 1
    judged = Identity([sure, sure, *doubtful, *NOISE], verdicts={(2, 3): False})
    assert (2, 3) not in judged.candidates(limit=5)


# --- what holds for all ---------------------------------------------------------


WORDS = st.sampled_from(
    "Acme Beta buys sells port ship 7B 3B 央行 降准 收购 发布 OpenAI GPT-5".split()
)
TITLES = st.lists(WORDS, max_size=7).map(" ".join)


@given(st.lists(TITLES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_accounts_changes_nothing(titles: list[str], random: object) -> None:
    titles = sorted(set(titles))
    shuffled = [*titles]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def told(accounts: list[str]) -> set[frozenset[str]]:
        groups = Identity([Account(title=title) for title in accounts]).groups()
        return {frozenset(accounts[place] for place in group) for group in groups}

    assert told(titles) == told(shuffled)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_account_is_in_just_one_group_whatever_it_says(titles: list[str]) -> None:
    identity = Identity([Account(title=title, text=title[::-1]) for title in titles])

    groups = identity.groups()

    assert sorted(place for group in groups for place in group) == list(range(len(titles)))
    for a, b in combinations(range(len(titles)), 2):
        assert -1 <= identity.likeness(a, b) <= 1
        assert isinstance(identity.why(a, b), str)


def test_nothing_gives_nothing() -> None:
    assert Identity([]).groups() == []
    assert Identity([]).candidates(limit=3) == []
