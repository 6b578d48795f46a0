from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.values.figures import FigureError, describe_quantity, read_quantity


@pytest.mark.parametrize(
    ("words", "value", "qualifier", "unit"),
    [
        ("8800余起", "8800", "at_least", "起"),
        ("8800餘起", "8800", "at_least", "起"),
        ("1.2万余名", "12000", "at_least", "名"),
        ("近300亿元", "30000000000", "about", "元"),
        ("530余个", "530", "at_least", "个"),
        ("530余万个", "5300000", "at_least", "个"),
        ("400多个", "400", "at_least", "个"),
        ("1亿2000万元", "120000000", "exact", "元"),
        ("3万5千人", "35000", "exact", "人"),
        ("56.4万余条", "564000", "at_least", "条"),
        ("一百二十余处", "120", "at_least", "处"),
        ("两千零五", "2005", "exact", ""),
        ("三万余", "30000", "at_least", ""),
        ("十余起", "10", "at_least", "起"),
        ("千余名", "1000", "at_least", "名"),
        ("上千个", "1000", "about", "个"),
        ("约29,000", "29000", "about", ""),
        ("超过4800起", "4800", "at_least", "起"),
        ("约400余个", "400", "about", "个"),
        ("共1900余个", "1900", "at_least", "个"),
        ("1855件", "1855", "exact", "件"),
        ("more than 8,800 cases", "8800", "at_least", "cases"),
        ("over 400", "400", "at_least", ""),
        ("about 12,000", "12000", "about", ""),
        ("nearly 30,000 suspects", "30000", "about", "suspects"),
        ("1.43 million", "1430000", "exact", ""),
        ("29.95 bn CNY", "29950000000", "exact", "cny"),
        ("35.5%", "35.5", "exact", "%"),
        ("8,800", "8800", "exact", ""),
        ("400+", "400", "at_least", ""),
    ],
)
def test_read_quantity_keeps_value_hedge_and_measure(words: str, value: str, qualifier: str, unit: str) -> None:
    quantity = read_quantity(words)

    assert (quantity.value, quantity.qualifier, quantity.unit) == (Decimal(value), qualifier, unit)
    assert quantity.raw == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "起",
        "数百起",
        "几十个",
        "三万五",
        "十百",
        "8,80",
        "5 6",
        "400余多",
        "2023年2月16日",
        "16日",
        "up to 400",
        "12 of 40",
        "x" * 101,
        "9" * 30,
        "4\x00",
    ],
)
def test_read_quantity_refuses_what_is_not_one_count(words: str) -> None:
    with pytest.raises(FigureError, match=r"1\.2万余名"):
        read_quantity(words)


@pytest.mark.parametrize(
    ("value", "qualifier", "unit", "english", "chinese"),
    [
        ("8800", "at_least", "", "more than 8,800", "8,800余"),
        ("29000", "about", "", "about 29,000", "约29,000"),
        ("795", "exact", "cases", "795 cases", "795 cases"),
        ("8800", "at_least", "起", "more than 8,800 起", "8,800余起"),
        ("35.50", "exact", "%", "35.5%", "35.5%"),
        ("1.5", "at_least", "", "more than 1.5", "超过1.5"),
        ("1E+4", "exact", "", "10,000", "10,000"),
    ],
)
def test_describe_quantity_says_the_hedge(value: str, qualifier: str, unit: str, english: str, chinese: str) -> None:
    number = Decimal(value)

    assert describe_quantity(number, qualifier, unit, "en") == english  # type: ignore[arg-type]
    assert describe_quantity(number, qualifier, unit, "zh-Hans") == chinese  # type: ignore[arg-type]


@given(st.integers(0, 10**15), st.sampled_from(["exact", "at_least", "about"]), st.sampled_from(["en", "zh-Hans"]))
def test_a_described_count_reads_back_as_itself(number: int, qualifier: str, language: str) -> None:
    quantity = read_quantity(describe_quantity(Decimal(number), qualifier, "", language))  # type: ignore[arg-type]

    assert (quantity.value, quantity.qualifier) == (number, qualifier)


@given(st.decimals(0, 9999, places=2, allow_nan=False), st.sampled_from(["万", "亿", "万亿"]))
def test_scales_are_exact(number: Decimal, scale: str) -> None:
    assert read_quantity(f"{number}{scale}").value == number * {"万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]


@given(st.text(max_size=30) | st.text("0123456789.,余多近约上万亿千百十两三个起 %", max_size=12))
def test_read_quantity_raises_nothing_but_figure_error(words: str) -> None:
    try:
        quantity = read_quantity(words)
    except FigureError:
        return

    assert quantity.value >= 0
