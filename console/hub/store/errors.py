"""Why a store does not open."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be opened; the text says why and shows no secret."""


class StoreLockedError(StoreError):
    """Another hub writes to this database."""


class SchemaTooNewError(StoreError):
    """The database was written by a newer program."""


class StoreUnreachableError(StoreError):
    """The database does not answer or refuses us."""
