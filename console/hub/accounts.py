"""Accounts of a hub that serves a bureau: passwords, sessions, and guessing made slow."""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Role
from console.hub.auth import token_digest
from console.hub.refusal import Refused

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx

ATTEMPTS = 8
WINDOW = timedelta(minutes=5)
MIN_PASSWORD = 10


class Attempts:
    """Failed sign-ins by name and by address within the last minutes."""

    def __init__(self) -> None:
        self._failed: dict[str, list[datetime]] = defaultdict(list)

    def begin(self, keys: tuple[str, ...], now: datetime) -> None:
        """Count an attempt as failed; raise :class:`Refused` (429) where somebody guesses.

        It is counted before it is judged, so that a hundred at once are not one.
        """
        for key in keys:
            recent = [at for at in self._failed.pop(key, []) if at > now - WINDOW]
            if recent:
                self._failed[key] = recent
            if len(recent) >= ATTEMPTS:
                raise Refused("too_many_attempts", "wait some minutes", status=429)

        for key in keys:
            self._failed[key].append(now)

    def succeeded(self, keys: tuple[str, ...], began: datetime) -> None:
        """Take back what :meth:`begin` counted then."""
        for key in keys:
            if began in self._failed[key]:
                self._failed[key].remove(began)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password; raise :class:`Refused` for a short one."""
    from argon2 import PasswordHasher

    if len(password) < MIN_PASSWORD:
        raise Refused("weak_password", f"at least {MIN_PASSWORD} characters", field="password")
    return PasswordHasher().hash(password)


def _verify(kept: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$" + "A" * 43
"""Checked for a name that does not exist, so that it takes as long as one that does."""


async def sign_in(hub: Hub, given: wire.Login, peer: str) -> wire.Session:
    """Return a new session, or refuse (401) without saying which of name and password is wrong."""
    keys = (f"name {given.name}", f"peer {peer}")
    began = hub.now()
    hub.attempts.begin(keys, began)
    found = await hub.store.read(lambda reader: reader.account(given.name))
    good = await asyncio.to_thread(_verify, found[1] if found else _NOBODY, given.password)
    if found is None or not good:
        await hub.store.write(lambda tx: tx.audit(given.name, "session.refused", peer))
        raise Refused("unauthenticated", "name or password is wrong", status=401)
    hub.attempts.succeeded(keys, began)
    officer, token = found[0], secrets.token_urlsafe(32)
    hours = timedelta(hours=hub.settings.session_hours)

    def open_session(tx: Tx) -> datetime:
        tx.open_session(token_digest(token), officer.id, tx.now + hours)
        tx.audit(officer.id, "session.open", peer)
        return tx.now + hours

    expires = await hub.store.write(open_session)
    return wire.Session(token=token, officer=officer, expires=expires)


async def sign_out(hub: Hub, officer: wire.Officer, token: str) -> None:
    """End the session of a token."""

    def close(tx: Tx) -> None:
        tx.close_session(token_digest(token))
        tx.audit(officer.id, "session.close")

    await hub.store.write(close)


async def put_account(hub: Hub, by: wire.Officer, given: wire.Account) -> None:
    """Make or change an account; raise :class:`Refused` for an unknown role."""
    unknown = set(given.roles) - (set(Role) - {Role.SYSTEM})
    if unknown or not given.roles:
        raise Refused("unknown_role", ", ".join(sorted(unknown)), field="roles")
    officer = wire.Officer(id=given.id, name=given.name, roles=sorted(set(given.roles)))
    kept = await asyncio.to_thread(hash_password, given.password)

    def put(tx: Tx) -> None:
        tx.put_account(officer, kept)
        tx.audit(by.id, "account.put", officer.id, {"roles": officer.roles})

    await hub.store.write(put)
