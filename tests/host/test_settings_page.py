"""The settings page shows a file that can be used as it stands."""

import re
from pathlib import Path

from taximeter.host.settings import Settings, apply
from taximeter.host.toml_text import TomlText

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_example_is_read_without_an_unknown_key() -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    settings = apply(TomlText(PAGE, example[0]), Settings())
    assert settings.unknown == ()
    assert [budget.id for budget in settings.budgets] == ["client-work"]
    assert settings.agents[0].assume_model
