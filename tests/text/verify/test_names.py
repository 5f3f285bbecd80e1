"""Names of a text stand in its sources, in another script, too."""

from __future__ import annotations

import pytest

from digestbot.text.aliases import Aliases
from digestbot.text.facts import find_wordings
from digestbot.text.verify import check
from digestbot.text.verify.evidence import Evidence
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.han_names import han_names
from digestbot.text.verify.names import Names, has_name

ENGLISH = "Nvidia and Acme Robotics said on Monday that Maria Keller will lead the Arm team."
CHINESE = "英伟达与星河公司周一表示，由陈晓明负责新团队，周明远教授出任顾问。"


def found(text: str, *sources: str, **given: object) -> list[tuple[str, str]]:
    return [(each.text, each.severity) for each in findings(text, *sources, **given)]


def findings(text: str, *sources: str, **given: object) -> list[Finding]:
    language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en"
    facts = [each for each in find_wordings(text, language=language) if each.kind == "name"]
    return list(Names(**given).findings(facts, text, Evidence(sources)))  # type: ignore[arg-type]


def test_a_translated_name_of_the_table_is_looked_up_by_its_other_spellings() -> None:
    assert found("英伟达任命新负责人", ENGLISH) == []
    assert found("Nvidia任命新负责人", CHINESE) == []
    assert found("微软任命新负责人", ENGLISH) == [("微软", "hard")]
    assert found("Microsoft任命新负责人", CHINESE) == [("Microsoft", "hard")]


def test_a_country_that_no_source_names_is_a_suspicion() -> None:
    assert found("美国公司任命新负责人", ENGLISH) == [("美国", "suspect")]


def test_a_users_alias_counts() -> None:
    aliases = Aliases({"顶点机器人": ["Acme Robotics"]})

    assert found("顶点机器人公司宣布任命", ENGLISH, originals={}) == [("顶点机器人公司", "hard")]
    assert found("顶点机器人公司宣布任命", ENGLISH, originals={}, aliases=aliases) == []


@pytest.mark.parametrize(
    "text",
    [
        "卡洛斯·凯勒将领导团队",
        "发言人张伟明表示欢迎",
        "创始人李娜认为这很重要",
        "蓝鲸智造公司宣布参与",
        "团队迁往巴塞罗那",
    ],
)
def test_a_name_shows_by_its_make(text: str) -> None:
    (name,) = found(text, CHINESE)

    assert name[1] == "hard"
    assert found(text, CHINESE + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "公司高管表示欢迎",
        "该公司宣布参与",
        "一家初创公司宣布参与",
        "本月多家公司宣布参与",
        "今日两家公司宣布参与",
        "芯片公司表示欢迎",
        "多家汽车公司已表示欢迎",
        "双方表示将继续合作",
        "分析师认为关注度上升",
        "周一发布",
    ],
)
def test_what_is_nobodys_name_is_none(text: str) -> None:
    assert list(han_names(text)) == []


def test_of_english_sources_a_translated_name_needs_its_original() -> None:
    text = "玛丽亚·凯勒将领导团队"

    assert found(text, ENGLISH) == [("玛丽亚·凯勒", "suspect")]
    assert found(text, ENGLISH, originals={}) == [("玛丽亚·凯勒", "hard")]
    assert found(text, ENGLISH, originals={"玛丽亚·凯勒": "Maria Keller"}) == []


def test_an_original_that_no_source_has_is_no_support() -> None:
    (finding,) = findings("玛丽亚·凯勒将领导团队", ENGLISH, originals={"玛丽亚·凯勒": "Ann Lee"})

    assert finding.severity == "hard"
    assert finding.reason == "`玛丽亚·凯勒` is given as `Ann Lee`, which is not in the source"


def test_the_parts_of_a_dotted_name_may_stand_in_a_source_or_the_table() -> None:
    assert found("埃隆·马斯克将领导团队", "Elon Musk leads.", originals={"埃隆": "Elon"}) == []
    assert found("凯勒·马斯克将领导团队", "凯勒和马斯克一起领导") == []


def test_a_translated_name_in_english_needs_its_original_too() -> None:
    text = "The team is led by Chen Xiaoming now."

    assert found(text, CHINESE) == [("Chen Xiaoming", "suspect")]
    assert found(text, CHINESE, originals={}) == [("Chen Xiaoming", "hard")]
    assert found(text, CHINESE, originals={"Chen Xiaoming": "陈晓明"}) == []


def test_a_short_latin_name_stands_as_a_word() -> None:
    assert has_name("Arm", Evidence([ENGLISH]))
    assert not has_name("Arm", Evidence(["The army marched."]))
    assert has_name("01.AI", Evidence(["Founded as 01.AI last year."]))
    assert not has_name(" ", Evidence([ENGLISH]))


def test_check_tells_of_names_in_han_characters() -> None:
    (finding,) = check("发言人张伟明表示欢迎。", [CHINESE])

    assert (finding.kind, finding.severity, finding.text) == ("name", "hard", "张伟明")
    assert finding.reason == "`张伟明` is not in the source"


@pytest.mark.parametrize(
    "text", ["Zorblax said it will join.", "It is so. Quillon’s joined them.", "Tidal will join."]
)
def test_a_name_that_opens_an_english_sentence_is_known_by_what_it_does(text: str) -> None:
    (name,) = found(text, ENGLISH)

    assert name[1] == "hard"
    assert found(text, ENGLISH + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Researchers said so.",
        "There is more.",
        "Spending was high.",
        "Nothing will change.",
        "Yet.",
    ],
)
def test_any_other_word_may_open_one(text: str) -> None:
    assert found(text, ENGLISH) == []
