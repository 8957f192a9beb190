"""The words for what a company offers in place of a costly launch, and for what it decided. Pure sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from taximeter.domain.launch import Question
from taximeter.domain.offer import CompanyOffer
from taximeter.ui.figures import Figures
from taximeter.ui.question_words import range_words, shortened
from taximeter.ui.sentences import joined

translate = QCoreApplication.translate


def offer_words(offer: CompanyOffer | None, currency: str, figures: Figures) -> str:
    """What the company offers, in a few sentences; empty where it offers nothing. Its own sentence stands as it is."""
    if offer is None:
        return ""
    said = [_model(offer, currency, figures), _agent(offer)]
    if offer.text:
        said.append(translate("Offer", "Your company says: {text}").format(text=offer.text))
    return joined(*said)


def decided_words(question: Question) -> str:
    """What of the question the company decided; empty where it was the person."""
    if question.default_by_company and question.threshold_by_company:
        return translate("Offer", "When it is asked and what happens without an answer are set by your company.")
    if question.default_by_company:
        return translate("Offer", "What happens without an answer is set by your company.")
    if question.threshold_by_company:
        return translate("Offer", "When it is asked is set by your company.")
    return ""


def _model(offer: CompanyOffer, currency: str, figures: Figures) -> str:
    if not offer.model:
        return ""
    if offer.cost is None:
        return translate("Offer", "Your company offers {model}.").format(model=shortened(offer.model))
    likely = range_words(offer.cost, currency, figures)
    words = translate("Offer", "Your company offers {model}: {range}.")
    return words.format(model=shortened(offer.model), range=likely)


def _agent(offer: CompanyOffer) -> str:
    if not offer.agent:
        return ""
    words = translate("Offer", "Your company offers its own agent {agent}.")
    if offer.installed:
        words = translate("Offer", "Your company offers its own agent {agent}, which is installed here.")
    return words.format(agent=shortened(offer.agent))
