"""A build changes how often garbage is looked for while it runs, and no longer."""

from __future__ import annotations

import gc

import pytest

from broadsheet.site.allocation import cycles_are_rare


def test_thresholds_are_as_before_after_a_build_and_after_a_failed_one() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with cycles_are_rare():
        assert gc.get_threshold() != before[0]
        assert gc.get_freeze_count() > before[1]
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
    with pytest.raises(KeyError), cycles_are_rare():
        raise KeyError
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
