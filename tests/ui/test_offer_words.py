"""What a company offers and decided is said in the question and where a quota is used up, its own words as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from ui.asked import AMBER
from ui.made_up import FIGURES, NOW
from ui.test_used_up import USED

from taximeter.domain.launch import Spread
from taximeter.domain.offer import CompanyOffer
from taximeter.ui.figures import NANO
from taximeter.ui.offer_words import decided_words, offer_words
from taximeter.ui.question_panel import QuestionPanel
from taximeter.ui.question_view import question_view
from taximeter.ui.used_up import UsedUp

COST = Spread(18 * NANO // 10, 31 * NANO // 10, 52 * NANO // 10)
TEXT = "<b>Ask</b> the {model} & Ana."


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (None, ""),
        (CompanyOffer(model="haiku"), "Your company offers haiku."),
        (CompanyOffer(model="haiku", cost=COST), "Your company offers haiku: $1.80 to $5.20."),
        (CompanyOffer(agent="House"), "Your company offers its own agent House."),
        (CompanyOffer(agent="House", installed=True),
         "Your company offers its own agent House, which is installed here."),
        (CompanyOffer(TEXT), f"Your company says: {TEXT}"),
        (CompanyOffer(TEXT, "House", model="haiku"),
         f"Your company offers haiku. Your company offers its own agent House. Your company says: {TEXT}"),
    ],
)  # fmt: skip
def test_each_part_is_said_where_it_is_offered(offer: CompanyOffer | None, words: str) -> None:
    assert plain(offer_words(offer, "USD", FIGURES)) == words


def test_hidden_numbers_hide_the_range() -> None:
    assert "1.80" not in offer_words(CompanyOffer(model="haiku", cost=COST), "USD", replace(FIGURES, hidden=True))


@pytest.mark.parametrize("default", [False, True])
@pytest.mark.parametrize("threshold", [False, True])
def test_it_says_what_the_company_set(default: bool, threshold: bool) -> None:
    words = decided_words(replace(AMBER, default_by_company=default, threshold_by_company=threshold))
    assert ("without an answer" in words) is default
    assert ("When it is asked" in words) is threshold
    assert bool(words) is (default or threshold)
    view = question_view(replace(AMBER, default_by_company=default, threshold_by_company=threshold), NOW, FIGURES)
    assert view.basis.endswith(words)


@pytest.fixture
def panel(qtbot: QtBot) -> QuestionPanel:
    made = QuestionPanel(AMBER)
    qtbot.addWidget(made)
    return made


def test_the_panel_shows_the_offer_as_text_and_only_where_there_is_one(panel: QuestionPanel) -> None:
    panel.show_question(AMBER, NOW, FIGURES)
    assert panel.company.isHidden()
    panel.show_question(replace(AMBER, company=CompanyOffer(TEXT)), NOW, FIGURES)
    assert not panel.company.isHidden()
    assert panel.company.text() == f"Your company says: {TEXT}"
    assert panel.company.textFormat().name == "PlainText"
    panel.show_outcome("Done", "")
    assert panel.company.isHidden()


def test_the_used_up_screen_says_what_the_company_offers_meanwhile(qtbot: QtBot) -> None:
    window = UsedUp()
    qtbot.addWidget(window)
    spent = replace(USED, offer=CompanyOffer(TEXT, "House", installed=True))
    window.show_snapshot(spent, FIGURES)
    said = f"Your company offers its own agent House, which is installed here. Your company says: {TEXT}"
    assert window.offer.text() == said
    window.show_snapshot(replace(spent, offer=None), FIGURES)
    assert window.offer.isHidden()
