"""The store: the only home of SQLAlchemy."""

from console.hub.store.read import Reader
from console.hub.store.store import Store, StoreLockedError
from console.hub.store.tx import Effect, LogLine, Tx

__all__ = ["Effect", "LogLine", "Reader", "Store", "StoreLockedError", "Tx"]
