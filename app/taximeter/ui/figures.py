"""Numbers, money, times and durations as a person reads them, by the system's locale and zone.

Pure: the moment to count from is an argument. Nothing that is unknown is shown as 0, and with
numbers hidden every amount is a row of dots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from taximeter.domain.currencies import places_of
from taximeter.domain.usage import Totals

translate = QCoreApplication.translate

NANO = 1_000_000_000
SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
HIDDEN = "\N{BULLET}\N{BULLET}\N{BULLET}"
ABSENT = "\N{EN DASH}"
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "KRW": "₩"}
_YEN = "¥"
_YENS = {"CNY": "CN¥", "JPY": "JP¥"}
"""Two currencies have one sign: in Chinese it is the renminbi's, else the yen's; the other says whose it is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How figures are written here and now. ``currency`` is the price book's (ISO 4217)."""

    locale: QLocale
    zone: tzinfo
    currency: str = "USD"
    hidden: bool = False
    agent_names: Mapping[str, str] = field(default_factory=dict)

    def agent(self, identifier: str) -> str:
        """The name people know an agent by; its id where none is known."""
        return self.agent_names.get(identifier, identifier)

    def money(self, nano: int, currency: str = "") -> str:
        """An amount with its symbol and cents; what is above 0 and below a cent says so."""
        code = currency or self.currency
        if self.hidden:
            return self._symbol(code) + HIDDEN
        places = places_of(code)
        smallest = NANO // 10**places
        if 0 < nano < smallest:
            return translate("Figures", "< {amount}").format(amount=self._amount(smallest, code, places))
        return self._amount(nano, code, places)

    def round_money(self, nano: int, currency: str = "") -> str:
        """An amount without cents where it has none, as for a limit that a person chose."""
        if nano % NANO == 0 and not self.hidden:
            return self._amount(nano, currency or self.currency, 0)
        return self.money(nano, currency)

    def tokens(self, count: int) -> str:
        """Tokens in three figures at most: 890, 38 k, 5.1 M, 1.2 G."""
        if self.hidden:
            return HIDDEN
        for size, letter in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
            if count >= size * 0.9995:
                share = count / size
                places = 1 if letter != "k" and share < 99.95 else 0
                return f"{self.locale.toString(share, 'f', places)}\N{NO-BREAK SPACE}{letter}"
        return self.locale.toString(count)

    def count(self, number: int) -> str:
        """A plain count with the locale's separators."""
        return HIDDEN if self.hidden else self.locale.toString(number)

    def parts(self, nano: int) -> str:
        """A count told in billionths, two decimals where it has any; a little is never shown as nothing."""
        if self.hidden:
            return HIDDEN
        if 0 < nano < NANO // 100:
            return translate("Figures", "< {amount}").format(amount=self.locale.toString(0.01, "f", 2))
        hundredths = (Decimal(nano) / NANO).quantize(Decimal("0.01"), ROUND_HALF_UP)
        places = 0 if hundredths == hundredths.to_integral_value() else 2
        return self.locale.toString(float(hundredths), "f", places)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percent; a rest that is not nothing is never 0."""
        if self.hidden:
            return HIDDEN + "\N{NO-BREAK SPACE}%"
        if 0 < share < 0.01:
            return translate("Figures", "under 1 %")
        return f"{self.locale.toString(int(share * 100))}\N{NO-BREAK SPACE}%"

    def duration(self, span: int) -> str:
        """A length of time in its two largest units at most."""
        minutes = max(0, span) // MINUTE
        if minutes < 1:
            return translate("Figures", "under 1 min")
        if minutes < 60:
            return translate("Figures", "{n} min").format(n=minutes)
        hours, rest = divmod(minutes, 60)
        if hours < 24:
            if hours >= 10 or rest == 0:
                return translate("Figures", "{n} h").format(n=hours)
            return translate("Figures", "{h} h {m} min").format(h=hours, m=rest)
        days = hours // 24
        return many(days, translate("Figures", "1 day"), translate("Figures", "{n} days"))

    def clock(self, at: int) -> str:
        """The local time of day."""
        local = self.local(at)
        return self.locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)

    def day(self, at: int, now: int) -> str:
        """A day as one would say it: today, tomorrow, Thursday, 12 January."""
        local = self.local(at)
        apart = (local.date() - self.local(now).date()).days
        if apart == 0:
            return translate("Figures", "today")
        if apart == 1:
            return translate("Figures", "tomorrow")
        if apart == -1:
            return translate("Figures", "yesterday")
        date = QDate(local.year, local.month, local.day)
        if 0 < apart < 7:
            return self.locale.toString(date, "dddd")
        return self.date(date, translate("Dates", "d MMMM")) if abs(apart) < 300 else self.full_date(date)

    def date(self, date: QDate, form: str) -> str:
        """A date in a form of Qt's, which is of the context ``Dates`` where it is translated."""
        return self.locale.toString(date, form)

    def full_date(self, date: QDate) -> str:
        """A date with its year: 12 January 2026."""
        return self.date(date, translate("Dates", "d MMMM yyyy"))

    def moment(self, at: int, now: int) -> str:
        """A day and a time; today needs only the time."""
        if self.local(at).date() == self.local(now).date():
            return self.clock(at)
        return translate("Figures", "{day} {time}").format(day=self.day(at, now), time=self.clock(at))

    def full_moment(self, at: int) -> str:
        """A weekday, date and time that cannot be mistaken: Tuesday 1 December, 00:00."""
        local = self.local(at)
        date = self.date(QDate(local.year, local.month, local.day), translate("Dates", "dddd d MMMM"))
        return translate("Figures", "{date}, {time}").format(date=date, time=self.clock(at))

    def age(self, at: int, now: int) -> str:
        """How old a figure is; older than an hour it says as of when."""
        if now - at < 5 * SECOND:
            return translate("Figures", "just now")
        if now - at < MINUTE:
            return translate("Figures", "{n} s ago").format(n=(now - at) // SECOND)
        if now - at < HOUR:
            return translate("Figures", "{n} min ago").format(n=(now - at) // MINUTE)
        return translate("Figures", "as of {moment}").format(moment=self.moment(at, now))

    def to_go(self, end: int, now: int) -> str:
        """The countdown to a reset."""
        left = max(0, end - now)
        if left >= 2 * DAY:
            return translate("Figures", "{n} days to go").format(n=left // DAY)
        return translate("Figures", "{span} to go").format(span=self.duration(left - left % HOUR or left))

    def cost(self, totals: Totals) -> str:
        """A sum's cost with what is not sure about it; a dash when there is nothing to add up."""
        return self._cost(totals, translate("Figures", "{count} tokens unpriced"))

    def short_cost(self, totals: Totals) -> str:
        """As ``cost``, for a narrow column."""
        return self._cost(totals, translate("Figures", "{count} unpriced"))

    def _cost(self, totals: Totals, unpriced: str) -> str:
        if not totals.requests:
            return ABSENT
        missing = unpriced.format(count=self.tokens(totals.unpriced_tokens))
        nano = totals.cost_or_none
        if nano is None:
            return missing
        text = self.money(nano)
        if totals.floor_requests:
            text = translate("Figures", "at least {amount}").format(amount=text)
        elif totals.estimated_requests:
            text = translate("Figures", "about {amount}").format(amount=text)
        return f"{text} + {missing}" if totals.unpriced_requests else text

    def local(self, at: int) -> datetime:
        """The local date and time of a moment."""
        return datetime.fromtimestamp(at / SECOND, self.zone)

    def _symbol(self, code: str) -> str:
        """A currency's sign; its code where it has none, or one that would be taken for another's."""
        if code in _YENS:
            own = "CNY" if self.locale.language() == QLocale.Language.Chinese else "JPY"
            return _YEN if code == own else _YENS[code]
        return _SYMBOLS.get(code, f"{code}\N{NO-BREAK SPACE}")

    def _amount(self, nano: int, code: str, places: int) -> str:
        step = Decimal(1).scaleb(-places)
        rounded = (Decimal(abs(nano)) / NANO).quantize(step, ROUND_HALF_UP)
        text = self.locale.toCurrencyString(float(rounded), self._symbol(code), places)
        return f"\N{MINUS SIGN}{text}" if nano < 0 and rounded else text


def many(number: int, one: str, several: str) -> str:
    """The form for one or for several, with the number put in."""
    return one if number == 1 else several.format(n=number)


def sentence(text: str) -> str:
    """A text that stands alone begins with a capital."""
    return text[:1].upper() + text[1:]


def day_start(now: int, zone: tzinfo, days_back: int = 0) -> int:
    """The first millisecond of the local day so many days before ``now``."""
    local = datetime.fromtimestamp(now / SECOND, zone)
    date = local.date() - timedelta(days=days_back)
    return int(datetime(date.year, date.month, date.day, tzinfo=zone).timestamp() * SECOND)


def month_start(now: int, zone: tzinfo) -> int:
    """The first millisecond of the local month."""
    local = datetime.fromtimestamp(now / SECOND, zone)
    return int(datetime(local.year, local.month, 1, tzinfo=zone).timestamp() * SECOND)
