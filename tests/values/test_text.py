"""Text from outside ends up visible, in one form, within its limit, and never as markup."""

import pytest

from timeline.values import text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two\n words\t", "two words"),
        ("a\x00b\x07c", "abc"),
        ("safe\u202etxt.exe", "safetxt.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301", "é"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("private \ue000 use", "private use"),
        ("公安部　通报", "公安部 通报"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_a_line_is_visible_text(raw: str, clean: str) -> None:
    assert text.line(raw) == clean


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert text.line("x" * 500, limit=10) == "xxxxxxxxx…"


def test_a_cut_never_parts_a_letter_from_its_accent() -> None:
    assert text.line("abq\u0323de", limit=4) == "ab…"


def test_a_block_keeps_its_paragraphs() -> None:
    assert text.block("one\r\n\r\n two \nthree") == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("fish &amp;amp; chips &lt;b&gt;", "fish &amp; chips <b>"),
        ("<a href='javascript:x'>link</a><!-- no -->", "link"),
        ("<svg><title>t</title></svg><math>m</math>z", "z"),
        ("unclosed <b>bold", "unclosed bold"),
    ],
)
def test_markup_becomes_plain_text(markup: str, clean: str) -> None:
    assert text.plain(markup) == clean


def test_a_megabyte_of_markup_is_not_gone_through() -> None:
    assert len(text.plain("<p>x</p>" * 1_000_000, limit=100)) == 100


def test_typed_text_with_a_hidden_character_is_refused_by_its_code() -> None:
    with pytest.raises(text.TextError, match=r"U\+202E"):
        text.check("title\u202e", limit=100)


def test_typed_text_that_is_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(text.TextError, match=r"11 characters.*at most 10"):
        text.check("x" * 11, limit=10)


def test_typed_text_is_normalised_and_stripped() -> None:
    assert text.check("  e\u0301\n", limit=10, lines=True) == "é"
