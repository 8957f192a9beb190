"""Settings are read strictly, said precisely, and layered."""

from decimal import Decimal
from pathlib import Path

import pytest
from host.written import put, refused

from taximeter.host.paths import Paths
from taximeter.host.settings import AgentSetting, BudgetSetting, Settings, load_settings
from taximeter.host.trouble import Trouble


def test_without_a_file_the_defaults_hold(paths: Paths) -> None:
    assert load_settings(paths) == Settings()
    assert not paths.config.exists()


def test_everything_that_can_be_set_is_read(paths: Paths) -> None:
    put(
        paths.settings_file,
        """
currency = "EUR"
week_start = 7
language = "zh_CN"
hide_numbers = true
names_in_notifications = true

[icon]
style = "monochrome"

[prices]
company = "/etc/prices.toml"
user = "mine.toml"

[agents.some-agent]
homes = ["/srv/a", "b"]
assume_model = "model-x"

[[budget]]
name = "Client work"
amount = 49.90
period = "week"
projects = ["client-*"]
agents = "some-agent"

[[budget]]
id = "all"
name = "Everything"
amount = "200"
currency = "USD"
start = 31
""",
    )
    settings = load_settings(paths)
    assert settings.budgets == (
        BudgetSetting("client-work", "Client work", Decimal("49.90"), "EUR", "week", 7, ("some-agent",), ("client-*",)),
        BudgetSetting("all", "Everything", Decimal(200), "USD", "month", 31),
    )
    assert settings.agent("some-agent") == AgentSetting("some-agent", (Path("/srv/a"), paths.config / "b"), "model-x")
    assert settings.agent("other") == AgentSetting("other")
    assert (settings.company_prices, settings.user_prices) == (Path("/etc/prices.toml"), paths.config / "mine.toml")
    assert (settings.language, settings.hide_numbers, settings.icon) == ("zh_CN", True, "monochrome")
    assert settings.names_in_notifications
    assert settings.unknown == ()


def test_the_users_file_wins_over_the_machines_and_budgets_merge_by_id(paths: Paths) -> None:
    put(
        paths.machine_settings_file,
        'currency = "EUR"\nhide_numbers = true\n[agents.a]\nassume_model = "m"\nhomes = ["/x"]\n'
        '[[budget]]\nid = "team"\nname = "Team"\namount = 100\n',
    )
    put(
        paths.settings_file,
        'hide_numbers = false\n[agents.a]\nhomes = ["/y"]\n[[budget]]\nid = "own"\nname = "Own"\namount = 5\n'
        '[[budget]]\nid = "team"\nname = "My team"\namount = 50\n',
    )
    settings = load_settings(paths)
    assert not settings.hide_numbers
    assert settings.agent("a") == AgentSetting("a", (Path("/y"),), "m")
    assert [(b.id, b.name, b.amount, b.currency) for b in settings.budgets] == [
        ("team", "My team", Decimal(50), "EUR"),
        ("own", "Own", Decimal(5), "EUR"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("currency = ", 1, "Invalid value"),
        ('a = 1\n\nb = """x', 3, "Unterminated"),
        ('\ncurrency = "usd"\n', 2, "three capital letters"),
        ("week_start = 8", 1, "from 1 to 7"),
        ("week_start = true", 1, "a whole number"),
        ('[icon]\n# quiet\nstyle = "loud"', 3, "'ring', 'number', 'monochrome'"),
        ('[[budget]]\nname = "a"\namount = 1\n\n[[budget]]\nname = "b"\namount = -1\n', 7, "above 0"),
        ('[[budget]]\nname = "a"\namount = "NaN"\n', 3, "above 0"),
        ('[[budget]]\nname = "a"\namount = true\n', 3, "above 0"),
        ('[[budget]]\nname = "a"\n', 1, "above 0"),
        ("[[budget]]\namount = 3\n", 1, "needs a name"),
        ('[[budget]]\nname = "a"\namount = 3\nperiod = "year"\n', 4, "'day', 'week', 'month'"),
        ('[[budget]]\nname = "a"\namount = 3\nperiod = "week"\nstart = 8\n', 5, "from 1 to 7"),
        ('[[budget]]\nname = "a"\namount = 3\n[[budget]]\nname = "A"\namount = 4\n', 5, "id of its own"),
        ('budget = [\n  { name = "a", amount = 0 },\n]\n', 1, "above 0"),
        ("[budget]\nname = 3\n", 1, "a list"),
        ("agents.a.homes = 3\n", 1, "a list"),
        ('[agents."a b"]\nhomes = [1]\n', 2, "texts in quotes"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(paths: Paths, text: str, line: int, sentence: str) -> None:
    refused(paths, text, line, sentence)


def test_text_in_another_encoding_is_refused(paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings_file.write_bytes(b'currency = "\xff\xfe"')
    with pytest.raises(Trouble, match="UTF-8"):
        load_settings(paths)


def test_a_byte_order_mark_and_windows_line_ends_are_read(paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings_file.write_bytes(b'\xef\xbb\xbfcurrency = "EUR"\r\nlanguage = "en"\r\n')
    assert load_settings(paths).currency == "EUR"


def test_unknown_keys_are_listed_with_their_line(paths: Paths) -> None:
    put(paths.settings_file, 'colour = 1\n[icon]\nsize = 3\n[[budget]]\nname = "a"\namount = 3\nlimit = 4\n')
    unknown = load_settings(paths).unknown
    assert [entry.removeprefix(f"{paths.settings_file}, ") for entry in unknown] == [
        "line 1: colour means nothing here",
        "line 3: size means nothing here",
        "line 7: limit means nothing here",
    ]
