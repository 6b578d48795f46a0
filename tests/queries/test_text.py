import pytest

from timeline.queries.text import choose_text, other_text, reading_language, title_text, when_of, when_or_none

BOTH = {"en": "Notice", "zh-Hans": "通知"}


@pytest.mark.parametrize(
    ("localized", "language", "expected"),
    [
        (BOTH, "en", ("Notice", "en")),
        (BOTH, "zh-Hans", ("通知", "zh-Hans")),
        ({"zh-Hans": "通知"}, "en", ("通知", "zh-Hans")),
        ({"zh-Hant": "通知"}, "zh-Hans", ("通知", "zh-Hant")),
        ({"en": "Notice"}, "zh-Hans", ("Notice", "en")),
        ({"th": "ประกาศ"}, "en", ("ประกาศ", "th")),
        ({}, "en", None),
    ],
)
def test_a_text_is_chosen_and_marked(
    localized: dict[str, str], language: str, expected: tuple[str, str] | None
) -> None:
    found = choose_text(localized, language)

    assert (found and (found.text, found.language)) == expected


def test_a_title_is_never_blank() -> None:
    assert title_text({}, "en", fallback="m-1").text == "m-1"


@pytest.mark.parametrize(
    ("localized", "language", "expected"),
    [
        (BOTH, "en", "通知"),
        (BOTH, "zh-Hans", "Notice"),
        ({"en": "Notice"}, "en", None),
        ({"en": "Notice"}, "zh-Hans", None),
    ],
)
def test_the_other_text_is_in_the_other_language(
    localized: dict[str, str], language: str, expected: str | None
) -> None:
    found = other_text(localized, language)

    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("zh-hans", "zh-Hans"), ("zh", "zh-Hans"), ("en-gb", "en"), (None, "en")]
)
def test_any_code_leads_to_a_reading_language(code: str | None, expected: str) -> None:
    assert reading_language(code) == expected


def test_an_unknown_date_is_nothing_and_an_unrecorded_one_is_none() -> None:
    assert when_of("", "en").standing == "nothing"
    assert when_or_none("", "en") is None
