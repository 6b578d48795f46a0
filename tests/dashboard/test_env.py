"""Options from the environment: typed, and a wrong one says in one sentence what to do."""

from pathlib import Path

import pytest

from campaign_dashboard import env


@pytest.fixture(autouse=True)
def forget_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DECLARED", set())


def test_option_that_is_not_set_has_its_default() -> None:
    assert env.number("TL_OPTION", 8000, least=1, most=9000) == 8000


def test_empty_option_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_OPTION", "  ")

    assert env.flag("TL_OPTION", True) is True


def test_option_comes_from_the_file_that_its_file_variant_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("TL_SECRET_FILE", str(tmp_path / "secret"))

    assert env.text("TL_SECRET", "", secret=True) == "from the file"


def test_file_variant_that_cannot_be_read_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_MISSING_FILE", "/nowhere/secret")

    with pytest.raises(env.SettingError, match=r"TL_MISSING_FILE names a file that cannot be read .*/nowhere/secret"):
        env.text("TL_MISSING", "")


def test_wrong_number_names_option_value_bounds_and_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_OPTION", "eighty")

    with pytest.raises(env.SettingError) as caught:
        env.number("TL_OPTION", 8000, least=1, most=9000)

    assert str(caught.value) == (
        "TL_OPTION is 'eighty', but it must be a whole number from 1 to 9000; for example TL_OPTION=8000."
    )


def test_number_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_OPTION", "9001")

    with pytest.raises(env.SettingError, match="from 1 to 9000"):
        env.number("TL_OPTION", 8000, least=1, most=9000)


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False)])
def test_flag_understands_the_usual_words(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("TL_OPTION", raw)

    assert env.flag("TL_OPTION", not value) is value


def test_flag_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_OPTION", "maybe")

    with pytest.raises(env.SettingError, match="TL_OPTION is 'maybe', but it must be true or false"):
        env.flag("TL_OPTION", False)


def test_wrong_database_address_is_not_repeated_because_it_may_hold_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_DATABASE", "mysql://root:hunter2@localhost/x")

    with pytest.raises(env.SettingError) as caught:
        env.database("TL_DATABASE", "postgresql://localhost/x")

    assert "hunter2" not in str(caught.value)
    assert "must be a PostgreSQL address" in str(caught.value)


def test_database_address_keeps_a_socket_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_DATABASE", "postgresql://postgres:@/postgres?host=/tmp/x")

    assert env.database("TL_DATABASE", "")["OPTIONS"] == {"host": "/tmp/x"}


@pytest.mark.parametrize("raw", ["localhost", "*:80", "user@host:80", "host:80/path", "host:http", ":80"])
def test_host_ports_take_exact_entries_only(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv("TL_ALLOW", raw)

    with pytest.raises(env.SettingError, match="exact host:port entries"):
        env.host_ports("TL_ALLOW", [])


def test_origin_with_a_path_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TL_URL", "https://example.org/timeline")

    with pytest.raises(env.SettingError, match="must be an origin"):
        env.origin("TL_URL", "http://localhost")


def test_every_read_option_is_declared() -> None:
    env.listed("TL_LIST", [])
    env.choice("TL_CHOICE", "a", ("a", "b"))

    assert sorted(env.DECLARED) == ["TL_CHOICE", "TL_LIST"]
