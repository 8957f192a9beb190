"""How much of a service's figure comes from this desktop."""

import pytest

from taximeter.domain.reconciling import Reconciled


@pytest.mark.parametrize(
    ("own", "counted", "share", "percent"),
    [
        (0, 10, 0.0, 0), (62, 100, 0.62, 62), (1, 1000, 0.001, 1), (999, 1000, 0.999, 99),
        (5, 5, 1.0, 100), (6, 5, 1.2, 120),
    ],
)  # fmt: skip
def test_nothing_and_all_are_said_only_when_it_is_so(own: int, counted: int, share: float, percent: int) -> None:
    found = Reconciled("q", own, counted, 0, 1)
    assert (found.share, found.percent) == (share, percent)
