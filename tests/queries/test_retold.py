"""Sentences of `values` and of workers, said again in the reader's language."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from timeline.queries.retold import SENTENCES, retold
from timeline.values import duration_words, edtf, filters, phrases

NOT_DATES = (
    "8800余起", "春节前", "昨天", "23年5月", "16日", "9月", "星期四", "Thursday, 17 February 2023", "winter 2022-25",
    "winter 2023", "03/04/2023", "2023-02-30", "2023-13", "x" * 300, "a\u200bb", "", "2023-05/2023-01", "1500", "../..",
    "monday", "in May", "quite soon",
)  # fmt: skip
NOT_FILTERS = (
    {"kind": ["x"]}, {"q": ["a" * 300]}, {"since": ["2024"], "until": ["2023"]}, {"group": ["x"]},
    {"topic": ["a" * 90]}, {"since": ["x"]},
)  # fmt: skip


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(ValueError) as refused:
        read()
    return str(refused.value)


def retold_in_chinese(text: str) -> str:
    with override("zh-hans"):
        return retold(text)


@pytest.mark.parametrize("words", NOT_DATES)
def test_what_is_wrong_with_date_words_is_told_in_chinese(words: str) -> None:
    said = retold_in_chinese(refusal(lambda: phrases.read(words)))

    assert said.endswith("可写成“2023年2月16日”“2023年9月前后”或“2023年底”等形式。")
    assert " is " not in said.replace(words, "")


@pytest.mark.parametrize("words", ["soon", "P0D", "z" * 90, "P1H"])
def test_what_is_wrong_with_a_duration_is_told_in_chinese(words: str) -> None:
    assert retold_in_chinese(refusal(lambda: duration_words.read_duration(words))).endswith(("形式。", "P98D。"))


@pytest.mark.parametrize("query", NOT_FILTERS, ids=lambda query: next(iter(query)))
def test_what_is_wrong_with_a_filter_is_told_in_chinese(query: dict[str, list[str]]) -> None:
    assert retold_in_chinese(refusal(lambda: filters.from_query(query))).endswith("。")


def test_what_is_wrong_with_an_edtf_date_is_told_in_chinese() -> None:
    said = retold_in_chinese(refusal(lambda: edtf.parse("2023-02-30")))

    assert said.startswith("“2023-02-30”不存在：该月（February 2023）只有 28 天。可用日（2023-02-16）")


def test_a_sentence_inside_a_sentence_is_told_too() -> None:
    said = retold_in_chinese("This is JSON, but not a JSON Feed (no list of “items”).")

    assert said == "这是 JSON，但不是 JSON Feed（没有“items”列表）。"


def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert retold_in_chinese("50% of %(this)s is new.") == "50% of %(this)s is new."


def test_english_readers_get_what_was_written() -> None:
    with override("en"):
        assert [retold(sentence) for sentence in SENTENCES] == list(SENTENCES)
