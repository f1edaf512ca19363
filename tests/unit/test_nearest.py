"""What lies nearest, in a straight line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.geo import distance
from console.domain.nearest import by_distance, nearest

PLACED = st.lists(
    st.tuples(st.text(min_size=1, max_size=4), st.floats(28, 29), st.floats(121, 122)),
    unique_by=lambda row: row[0],
)


@given(PLACED)
def test_the_nearest_is_the_first_by_distance(placed: list[tuple[str, float, float]]) -> None:
    found = by_distance(28.5, 121.5, placed)
    assert {id_ for _, id_ in found} == {id_ for id_, _, _ in placed}
    assert [metres for metres, _ in found] == sorted(metres for metres, _ in found)
    assert nearest(28.5, 121.5, placed) == (found[0] if found else None)
    for metres, id_ in found:
        (at,) = [(lat, lon) for other, lat, lon in placed if other == id_]
        assert metres == distance(28.5, 121.5, *at)


def test_a_tie_goes_to_the_smaller_id() -> None:
    assert nearest(0, 0, [("b", 1, 0), ("a", 1, 0)]) == (distance(0, 0, 1, 0), "a")
