"""Chinese date words, simplified or traditional. Numerals and relative years are first rewritten in digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from timeline.values import edtf
from timeline.values.date_words import common
from timeline.values.date_words.common import Atom, Found, Part, PhraseError
from timeline.values.date_words.numeric import read_numeric
from timeline.values.edtf import UNKNOWN, EdtfDate, EdtfError

# Traditional and simplified, pair by pair: only characters that this grammar knows.
_PAIRS = (
    "國国來来後后約约號号從从當当開开發发紀纪與与間间詳详個个歲岁內内週周時时點点僅仅應应"
    "遲迟為为滿满於于臨临佈布記记載载無无實实執执禮礼"
)
_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_DIGITS = {"〇": 0, "○": 0, "零": 0, "元": 1, **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)}}
_NUMERAL = re.compile(r"(?<![周期])([〇○零一二三四五六七八九十廿元]{1,4})(?=年|月|日|号|季|时|点|世纪)")
_ERAS = {"令和": 2018, "平成": 1988, "民国": 1911}
_ERA_YEAR = re.compile(rf"({'|'.join(_ERAS)})([0-9]{{1,3}})年")
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_WEEKDAYS = "一二三四五六日"
_PARTS: dict[str, Part] = {
    "早些时候": "early",
    "初期": "early",
    "初": "start",
    "年初": "start",
    "月初": "start",
    "中": "mid",
    "年中": "mid",
    "月中": "mid",
    "中期": "mid",
    "晚些时候": "late",
    "后期": "late",
    "底": "end",
    "年底": "end",
    "月底": "end",
    "末": "end",
    "年末": "end",
    "月末": "end",
    "岁末": "end",
    "上旬": "first_ten",
    "中旬": "second_ten",
    "下旬": "rest",
    "上半年": "first_half",
    "下半年": "second_half",
    "上半月": "first_half",
    "下半月": "second_half",
}
_Y, _M, _D = r"(?P<y>[0-9]{4})年度?", r"(?P<m>[0-9]{1,2})月份?", r"(?P<d>[0-9]{1,2})日"
_YEAR_PART = "(?P<part>年?[初中底末]|岁末|初期|中期|后期|早些时候|晚些时候|[上下]半年)"
_MONTH_PART = "(?P<part>月?[初中底末]|[上中下]旬|[上下]半月)"

_UNKNOWN = re.compile(r"(?:具体)?(?:日期|时间)?(?:不详|未知|不明|待定|未公布|未载明|没有记载|无记载)|无日期")
_RECENT = re.compile(r"近日|日前|近期|最近|不久前|前不久|日来|近来|近几天|前几天|前些天|连日来|近段时间|新近")
_SO_FAR = re.compile(r"(?:截至|截止|到)?(?:目前|今日?|发稿时?|发布时)(?:为止)?|迄今(?:为止)?|至今")


def read_chinese(text: str, published_on: date | None) -> Found | None:
    """Read Chinese words; None if they are no date. Raises PhraseError or EdtfError where they are half a date."""
    text, weekday = _tidy(text)
    if _UNKNOWN.fullmatch(text):
        return Found(UNKNOWN, "zh.unknown")
    if _RECENT.fullmatch(text) or _SO_FAR.fullmatch(text):
        day = common.need_publication(text, published_on)
        rule = "zh.recently" if _RECENT.fullmatch(text) else "zh.so-far"
        return Found(common.up_to(edtf.from_day(day)), rule).remark("publication")
    if found := _weeks(text, published_on):
        return found
    resolved, relative = _resolve_relative(text, published_on)
    found = _range(resolved) or _inner(resolved) or _frame(resolved)
    if found is None:
        _explain_incomplete(resolved)
        return None
    if weekday is not None:
        found = common.check_weekday(found, weekday, text)
    return found.change(f"{found.rule}.relative", found.edtf).remark("publication") if relative else found


def _tidy(text: str) -> tuple[str, int | None]:
    """The words without spaces, in simplified characters and digits, and the weekday named beside the day."""
    text = re.sub(r"\s", "", text).translate(_SIMPLIFIED).lower()
    weekday = None
    if match := re.search(r"(?<=[日号0-9])[(,]?(?:星期|周|礼拜)([一二三四五六日天])\)?", text):
        weekday = _WEEKDAYS.index(match[1].replace("天", "日"))
        text = text[: match.start()] + text[match.end() :]
    text = _NUMERAL.sub(lambda match: _number(match[1]), text)
    text = _ERA_YEAR.sub(lambda match: f"{_ERAS[match[1]] + int(match[2])}年", text)
    return re.sub(r"(?<=[0-9])号", "日", text), weekday


def _number(numeral: str) -> str:
    """二〇二三 is read digit by digit; 二十一, 十二 and 廿三 by their tens."""
    numeral = numeral.replace("廿", "二十")
    if "十" not in numeral:
        return "".join(str(_DIGITS[digit]) for digit in numeral)
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return numeral
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))


# -- dates ---------------------------------------------------------------------------------------------------------


def _calendar(match: re.Match[str]) -> EdtfDate:
    groups = match.groupdict()
    return common.calendar_date(match["y"], groups.get("m"), groups.get("d"))


def _part(match: re.Match[str]) -> EdtfDate:
    return common.part_of(match["y"], match.groupdict().get("m"), _PARTS[match["part"]])


def _century_decade(match: re.Match[str]) -> EdtfDate:
    return edtf.parse(f"{100 * (int(match[1]) - 1) // 100}{match[2]}X")


def _first_months(match: re.Match[str]) -> EdtfDate:
    count = int(match["n"])
    if not 1 <= count <= 12:
        raise EdtfError(f"A year has no {count} months.")
    return common.months(match["y"], 1, count)


def _atom(rule: str, pattern: str, build: Callable[[re.Match[str]], EdtfDate]) -> Atom:
    return f"zh.{rule}", re.compile(pattern), build


_ATOMS = (
    _atom("day", _Y + _M + _D, _calendar),
    _atom("month", _Y + _M, _calendar),
    _atom("year", _Y + "(?:全年)?", _calendar),
    _atom("part", _Y + _M + _MONTH_PART, _part),
    _atom("part", _Y + _YEAR_PART, _part),
    _atom("quarter", _Y + r"第?(?P<n>[1-4])季度?", lambda m: common.quarter(m["y"], int(m["n"]))),
    _atom("quarter", _Y + r"q(?P<n>[1-4])", lambda m: common.quarter(m["y"], int(m["n"]))),
    _atom("quarter", _Y + r"前(?P<n>[1-3])个?季度", lambda m: common.months(m["y"], 1, 3 * int(m["n"]))),
    _atom("season", _Y + "(?P<s>[春夏秋冬])[季天]?", lambda m: common.season(m["y"], _SEASONS[m["s"]])),
    _atom("first-months", _Y + r"前(?P<n>[0-9]{1,2})个?月", _first_months),
    _atom("decade", r"([0-9]{3})0年代", lambda m: edtf.parse(f"{m[1]}X")),
    _atom("decade", r"(19|20|21)世纪([0-9])0年代", _century_decade),
)


# -- words around one date -------------------------------------------------------------------------------------------

_APPROXIMATE = re.compile(r"(?:约于|大约在?|大概在?|约在?)(.+?)(?:前后|左右|上下)?|(.+)(?:前后|左右|上下)")
_UNCERTAIN = re.compile(r"(?:可能是?在?|疑为|或为|疑似)(.+)|(.+?)(?:\?|\(存疑\))")
_PREPOSITION = re.compile(r"(?:于|在)(.+?)(?:期间|间|内)?|(.+?)(?:期间|间|内)")
_HOUR = r"[0-2]?[0-9](?:[时点](?:[0-5]?[0-9]分(?:[0-5]?[0-9]秒)?|半|许)?|:[0-5][0-9](?::[0-5][0-9])?)许?"
_OF_DAY = r"(?:凌晨|清晨|早晨|早上|早|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|夜间|夜里|深夜|夜|当天|当日)"
_TIME = re.compile(rf"(.+日)(?:{_OF_DAY}(?:{_HOUR})?|{_HOUR})")


def _inner(text: str, depth: int = 4) -> Found | None:
    """One date with the words that qualify it; the depth bounds how many of them may be stacked."""
    if found := read_numeric(text) or common.first_match(_ATOMS, _PARTS, text):
        return found
    if depth == 0:
        return None
    for rule, pattern in (("zh.around", _APPROXIMATE), ("zh.uncertain", _UNCERTAIN)):
        if match := pattern.fullmatch(text):
            found = _inner(_held(match), depth - 1)
            return found and found.change(
                rule, edtf.qualified(found.edtf, approximate=rule == "zh.around", uncertain=rule == "zh.uncertain")
            )
    if match := _TIME.fullmatch(text):
        found = _inner(match[1], depth - 1)
        return found.remark("time") if found and found.edtf.is_day else None
    if match := _PREPOSITION.fullmatch(text):
        return _inner(_held(match), depth - 1)
    return None


def _held(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


_UNTIL = r"(?:截至到?|截止到?|直至|直到|不晚于|不迟于|迟至|到|至)"
_BACK = r"(?:或?之前|以前|底?前|为止|止)"
_ONWARDS = r"(?:以来|至今|迄今|开始|起(?:至今|施行|实施|执行)?|或?之后|以后|始|后)"
_END = r"(.+?)(?:年底|月底|年末|月末|岁末|底|末)"


def _by_end(value: EdtfDate) -> EdtfDate:
    return common.up_to(common.last_day_of(value))


# The order matters: an end with 底 is the last day of its period before it is a vague part of it.
_FRAMES: tuple[tuple[str, re.Pattern[str], Callable[[EdtfDate], EdtfDate]], ...] = (
    ("zh.by-end", re.compile(rf"{_UNTIL}{_END}{_BACK}?"), _by_end),
    ("zh.by-end", re.compile(rf"{_END}{_BACK}"), _by_end),
    ("zh.by", re.compile(rf"{_UNTIL}(.+?){_BACK}?"), common.up_to),
    ("zh.by", re.compile(rf"(.+?){_BACK}"), common.up_to),
    ("zh.since", re.compile(rf"(?:自|从|自从|于)?(.+?){_ONWARDS}"), common.onwards),
    ("zh.since", re.compile(r"(?:自从?|从|不早于)(.+)"), common.onwards),
)


def _frame(text: str) -> Found | None:
    for rule, pattern, bound in _FRAMES:
        if match := pattern.fullmatch(text):
            inner = _inner_period(match[1]) if rule == "zh.by-end" else _inner(match[1])
            if inner:
                return inner.change(rule, bound(inner.edtf))
    return None


def _inner_period(words: str) -> Found | None:
    """What 底 is the end of: “2023” and “2023年” are the year, “2023年5” and “2023年5月” the month."""
    return _inner(words) or _inner(words + "月") or _inner(words + "年")


# -- ranges ------------------------------------------------------------------------------------------------------------

_RANGES = (
    re.compile(r"(?:自|从|在|于)?(.+?)起?(?:至|到|–|—+|~|─+)(.+?)(?:期间|之间|间|为止|止)?"),
    re.compile(r"(?:自|从|在|于)?(.+?)-(.+?)(?:期间|之间|间|为止|止)?"),
    re.compile(r"(?:在|介于)?(.+?)(?:和|与|及)(.+?)之间"),
)
_BEGINNING = re.compile(r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?.*")


def _range(text: str) -> Found | None:
    for pattern in _RANGES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        start_words, end_words = match[1], match[2]
        start = _inner(start_words) or _start_of_range(start_words, end_words)
        if start and (end := _end_of_range(start_words, end_words)):
            return Found(common.between(start.edtf, end.edtf), "zh.range", start.remarks | end.remarks)
    return None


def _start_of_range(words: str, end_words: str) -> Found | None:
    """A start that leaves its unit to the end, as in 2023年1-11月 and 2022-2023年."""
    unit = re.fullmatch(r"[0-9]{1,4}([年月日]).*", end_words)
    return _inner(words + unit[1]) if unit else None


def _end_of_range(start_words: str, end_words: str) -> Found | None:
    """The end of a range, which may leave its year or its month to the start."""
    beginning = _BEGINNING.fullmatch(start_words)
    if re.match(r"[0-9]{4}", end_words) or beginning is None or not beginning[1]:
        return _inner(end_words)
    year = f"{beginning[1]}年"
    if start_words == year:
        return None  # “2023年到3月” may be the next year's March
    if re.fullmatch(r"[0-9]{1,2}日.*", end_words):
        return _inner(f"{year}{beginning[2]}月{end_words}") if beginning[2] else None
    return _inner(year + end_words) if not end_words.startswith(("?", "(")) else None


# -- words that count from the publication -----------------------------------------------------------------------------

_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
_DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1}
_RELATIVE = re.compile(
    "|".join(sorted({**_YEARS, **_MONTHS, **_DAYS}, key=len, reverse=True)).replace("|昨|", "|昨(?=晚|夜)|")
)
_WEEK = re.compile(r"(上|本|这|下)个?(?:周|星期)")


def _resolve_relative(text: str, published_on: date | None) -> tuple[str, bool]:
    match = _RELATIVE.search(text)
    if match is None:
        return text, False
    day = common.need_publication(match[0], published_on)
    if match[0] in _YEARS:
        exact = f"{day.year + _YEARS[match[0]]}年"
    elif match[0] in _MONTHS:
        year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS[match[0]], 12)
        exact = f"{year}年{month + 1}月"
    else:
        other = day + timedelta(days=_DAYS[match[0]])
        exact = f"{other.year}年{other.month}月{other.day}日"
    return text[: match.start()] + exact + text[match.end() :], True


def _weeks(text: str, published_on: date | None) -> Found | None:
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    day = common.need_publication(text, published_on)
    return (
        Found(common.week_of(day, {"上": -1, "下": 1}.get(match[1], 0)), "zh.week")
        .remark("publication")
        .remark("weeks")
    )


def _explain_incomplete(text: str) -> None:
    if re.search(r"[春中]秋?节|国庆|元旦|除夕|清明|端午|劳动节", text):
        raise PhraseError(f"“{text}” counts from a holiday; give the date itself.")
    if re.search(r"[0-9]{4}年", text):
        return
    if re.search(r"同日|同月|同年|当日|当天|当月|当年|次日|翌日|次年|翌年|同期", text):
        raise PhraseError(f"“{text}” counts from another date in the text; give the date itself.")
    if re.search(r"(?<![0-9])[0-9]{2}年", text):
        raise PhraseError(f"“{text}” gives a year of two digits; write all four.")
    if re.search(r"(?<![0-9月])[0-9]{1,2}日", text):
        raise PhraseError(f"“{text}” gives a day but the month and the year are missing.")
    if re.search(r"(?<![0-9年])[0-9]{1,2}月", text):
        raise PhraseError(f"“{text}” does not say the year; the year is missing.")
    if re.fullmatch(r".{0,3}(?:星期|周|礼拜)[一二三四五六日天]", text):
        raise PhraseError(f"“{text}” names a weekday; the day, the month and the year are missing.")
    if re.fullmatch(r".?(?:年[初中底末]|年内|[上下]半年|第?[1-4]季度?|[春夏秋冬][季天]).{0,4}", text):
        raise PhraseError(f"“{text}” does not say the year; the year is missing.")
