"""The settings page shows a file that can be used as it stands."""

import re
from pathlib import Path

from taximeter.host.question_settings import NANO, QuestionSetting, ThresholdSetting
from taximeter.host.settings import Settings, apply
from taximeter.host.toml_text import TomlText

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_example_is_read_without_an_unknown_key() -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    settings = apply(TomlText(PAGE, example[0]), Settings())
    assert settings.unknown == ()
    assert [budget.id for budget in settings.budgets] == ["client-work"]
    assert settings.agents[0].assume_model
    assert settings.question == QuestionSetting()


def test_the_page_names_every_threshold_and_what_holds_without_it() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ([\d, ]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {
        key.strip("` "): int(value)
        for keys, values in rows
        for key, value in zip(keys.split(","), values.split(","), strict=True)
    }
    amounts = {key: value * (NANO if key.endswith("_amount") else 1) for key, value in named.items()}
    assert amounts == ThresholdSetting()._asdict()
