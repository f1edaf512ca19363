"""Two hundred times kill -9 of the hub or a seat: the same measurement as in the first bench.

Its clerk claims, merges and gives several commands at one stroke as well.
"""

from tests.bench.kills import measure

__all__ = ["measure"]
