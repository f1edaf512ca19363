"""The store: the only home of SQLAlchemy."""

from console.hub.store.errors import StoreError
from console.hub.store.queue_filter import Asked
from console.hub.store.queue_read import QueueReader
from console.hub.store.read import Reader
from console.hub.store.store import Store
from console.hub.store.tx import Effect, LogLine, Tx

__all__ = ["Asked", "Effect", "LogLine", "QueueReader", "Reader", "Store", "StoreError", "Tx"]
