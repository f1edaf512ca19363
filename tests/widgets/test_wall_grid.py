"""Where tiles lie and who stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from widgets.wall.grid import GAP, LAYOUTS, arrange, step, tiles

LENGTHS = st.integers(60, 4000)
COUNTS = st.sampled_from(LAYOUTS)
NAMES = st.lists(st.integers(0, 40).map(lambda n: f"cam{n:02}"), max_size=40, unique=True)


@given(LENGTHS, LENGTHS, COUNTS)
def test_tiles_reach_every_edge_and_never_overlap(width: int, height: int, count: int) -> None:
    rects = tiles(QSize(width, height), count)
    assert len(rects) == count
    assert (rects[0].left(), rects[0].top()) == (0, 0)
    assert (rects[-1].right(), rects[-1].bottom()) == (width - 1, height - 1)
    assert not any(a.intersects(b) for a in rects for b in rects if a is not b)
    assert max(r.width() for r in rects) - min(r.width() for r in rects) <= 1
    side = round(count**0.5)
    if side > 1:
        assert rects[1].left() - rects[0].right() - 1 == GAP


@given(NAMES, COUNTS, st.integers(0, 3), st.data())
def test_the_nearest_stand_first_and_nobody_stands_twice(
    cameras: list[str], count: int, page: int, data: st.DataObject
) -> None:
    near = data.draw(st.lists(st.sampled_from(cameras), max_size=2, unique=True)) if cameras else []
    shown = arrange(cameras, page, count, near)
    assert len(shown) == count
    assert shown[: len(near)] == near[:count]
    seen = [camera for camera in shown if camera]
    assert len(seen) == len(set(seen))


@given(NAMES, COUNTS, st.data())
def test_whoever_is_not_near_and_not_driven_out_keeps_his_place(
    cameras: list[str], count: int, data: st.DataObject
) -> None:
    near = data.draw(st.lists(st.sampled_from(cameras), max_size=2, unique=True)) if cameras else []
    before, after = arrange(cameras, 0, count, []), arrange(cameras, 0, count, near)
    moved = [i for i in range(count) if before[i] != after[i]]
    assert len(moved) <= 2 * len(near)
    assert set(moved) <= {*range(len(near)), *(before.index(c) for c in near if c in before)}


@given(COUNTS, st.data())
def test_a_step_and_its_opposite_lead_back(count: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, count - 1))
    across, down = data.draw(st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
    there = step(index, count, across, down)
    if there is not None:
        assert step(there, count, -across, -down) == index
