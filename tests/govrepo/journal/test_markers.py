from govrepo.journal.markers import LANES, MarkerLane, MarkerLanes, committed_marks


def mark(number):
    return bytes([number]) + bytes(15)


def lane_of(*marks):
    lane = MarkerLane()
    for each in marks:
        lane.add(each)
    return {"marks": lane.marks}


def test_a_marker_always_has_the_same_lane():
    lanes = MarkerLanes()
    assert lanes.lane(mark(1)) is lanes.lane(mark(1))
    assert {id(lanes.lane(mark(n))) for n in range(256)} == {id(lane) for lane in lanes.lanes}
    assert len(lanes.lanes) == LANES


def test_additions_and_removals_merge_even_down_to_nothing():
    resolve = MarkerLane()._p_resolveConflict
    assert resolve(lane_of(b"a"), lane_of(b"a", b"b"), lane_of(b"a", b"c")) == lane_of(b"a", b"b", b"c")
    assert resolve(lane_of(b"a"), lane_of(b"a", b"b"), lane_of()) == lane_of(b"b")
    assert resolve(lane_of(b"a"), lane_of(), lane_of(b"a", b"b")) == lane_of(b"b")
    assert resolve(lane_of(b"a"), lane_of(), lane_of()) == lane_of()


def test_adding_a_known_marker_or_pruning_nothing_writes_nothing(place):
    with place.session() as site:
        lanes = site.journal_markers
        lanes.lane(mark(1)).add(mark(1))
        site._p_jar.transaction_manager.commit()
        lanes.lane(mark(1)).add(mark(1))
        lanes.prune(frozenset({mark(1), mark(2)}))
        assert not any(lane._p_changed for lane in lanes.lanes)
        lanes.prune(frozenset({mark(2)}))
        assert [lane for lane in lanes.lanes if lane._p_changed] == [lanes.lane(mark(1))]
        assert list(lanes) == []


def test_transactions_that_meet_in_a_lane_do_not_conflict(place):
    with place.session() as first, place.session() as second, place.session() as third:
        first.journal_markers.lane(mark(1)).add(mark(1))
        second.journal_markers.lane(mark(1)).add(mark(1 + LANES))
        third.journal_markers.prune(frozenset())
        for site in (first, second, third):
            site._p_jar.transaction_manager.commit()
    assert place.marks() == {mark(1), mark(1 + LANES)}


def test_committed_markers_are_read_past_an_old_connection(place):
    with place.session() as old, place.session() as new:
        markers = old.journal_markers
        assert set(markers) == set()
        new.journal_markers.lane(mark(1)).add(mark(1))
        new._p_jar.transaction_manager.commit()
        assert set(markers) == set()
        assert committed_marks(place.db, markers._p_oid) == {mark(1)}
        assert committed_marks(place.db, markers.lane(mark(1))._p_oid) == {mark(1)}


def test_markers_that_were_never_stored_are_none(place):
    with place.session() as site:
        site.journal_markers = MarkerLanes()
        assert committed_marks(place.db, site.journal_markers._p_oid) == frozenset()
        site._p_jar.transaction_manager.savepoint()
        assert site.journal_markers._p_oid
        assert committed_marks(place.db, site.journal_markers._p_oid) == frozenset()
