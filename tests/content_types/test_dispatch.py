"""The dispatch (domain.md 4.8)."""

import pytest

from content_types.dispatch import Address, Dispatch, DispatchKind


def test_main_and_copy_recipients_in_order(bench):
    dispatch = bench.draft(mains=("gd-office", "guangzhou"), copies=("foshan",))
    assert [box.__name__ for box in dispatch.boxes(Address.MAIN)] == ["gd-office", "guangzhou"]
    assert [box.__name__ for box in dispatch.boxes(Address.COPY)] == ["foshan"]
    assert dispatch.title == dispatch.document.title


def test_a_new_one_has_neither_been_sent_nor_tracked(bench):
    dispatch = bench.draft()
    assert (dispatch.state, dispatch.kind, dispatch.attempt) == ("drafting", DispatchKind.ORIGINAL, 1)
    assert (dispatch.sent_at, dispatch.tracking.fanned_out_at, dispatch.cancellations.boxes) == (None, None, ())


def test_its_kind_is_known(bench):
    with pytest.raises(ValueError, match="gift"):
        Dispatch(bench.draft().document, bench.box("jiangmen"), bench.person("jm.clerk"), kind="gift")
