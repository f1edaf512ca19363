"""Accounts of a hub that serves a bureau: passwords, sessions, and guessing made slow."""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console import wire
from console.domain.case import Role
from console.hub.auth import token_digest
from console.hub.refusal import Refused
from console.hub.store import accounts as kept

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx

FREE = 8
"""Wrong passwords from one address for one name before the next one has to wait."""
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(minutes=5)
PEER_FREE = 60
"""Wrong passwords from one address for whatever names, within :data:`PEER_WINDOW`."""
PEER_WINDOW = timedelta(minutes=5)
WINDOW = timedelta(minutes=15)
"""How long a wrong password counts."""
CROWD = 10_000
"""Keys kept before the old ones are swept out."""
MIN_PASSWORD = 10


class Attempts:
    """Failed sign-ins. Nobody can shut another out: a name is only slow from where it was guessed.

    Each further guess from one address for one name waits twice as long; an address that guesses
    many names waits as a whole.
    """

    def __init__(self) -> None:
        self._failed: dict[tuple[str, ...], list[datetime]] = defaultdict(list)

    def begin(self, name: str, peer: str, now: datetime) -> None:
        """Count an attempt as failed; raise :class:`Refused` (429) where somebody guesses.

        It is counted before it is judged, so that a hundred at once are not one.
        """
        if len(self._failed) > CROWD:
            for key in list(self._failed):
                self._recent(key, now - WINDOW)
        pair = self._recent((name, peer), now - WINDOW)
        if len(pair) >= FREE:
            doubled = FIRST_DELAY * 2 ** min(len(pair) - FREE, 16)
            self._wait(pair[-1] + min(doubled, LONGEST_DELAY), now)
        whole = self._recent((peer,), now - PEER_WINDOW)
        if len(whole) >= PEER_FREE:
            self._wait(whole[0] + PEER_WINDOW, now)
        self._failed[name, peer].append(now)
        self._failed[peer,].append(now)

    def succeeded(self, name: str, peer: str, began: datetime) -> None:
        """Take back what :meth:`begin` counted; the name is trusted again from there."""
        self._failed.pop((name, peer), None)
        if began in self._failed[peer,]:
            self._failed[peer,].remove(began)

    def _recent(self, key: tuple[str, ...], since: datetime) -> list[datetime]:
        recent = [at for at in self._failed.pop(key, []) if at > since]
        if recent:
            self._failed[key] = recent
        return recent

    @staticmethod
    def _wait(until: datetime, now: datetime) -> None:
        if until > now:
            seconds = (until - now).total_seconds()
            raise Refused("too_many_attempts", f"wait {seconds:.0f} s", status=429)


class Sessions:
    """Whose token it is, in memory: this hub alone writes sessions, so it need not ask again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[wire.Officer, datetime]] = {}
        self._ended = 0

    async def officer(self, hub: Hub, digest: str) -> wire.Officer | None:
        """Return who holds the token of a digest, or None for nobody."""
        now = hub.now()
        found = self._known.get(digest)
        if found is None:
            ended = self._ended
            found = await hub.store.read(lambda reader: kept.session(reader, digest, now))
            # A session that ended while it was read must not be kept as one that stands.
            if found is not None and ended == self._ended:
                self._known[digest] = found
        if found is None:
            return None
        if found[1] <= now:
            self._known.pop(digest, None)
            return None
        return found[0]

    def forget(self, digests: Iterable[str]) -> None:
        """Take note that sessions ended."""
        self._ended += 1
        for digest in digests:
            self._known.pop(digest, None)


def end(hub: Hub, digests: Iterable[str]) -> None:
    """After the commit that ended sessions: nobody holds them, and their streams are cut."""
    ended = frozenset(digests)
    hub.sessions.forget(ended)
    hub.stream.end(ended)


def hash_password(password: str, field: str = "password") -> str:
    """Return the argon2id hash of a password; raise :class:`Refused` for a short one."""
    from argon2 import PasswordHasher

    if len(password) < MIN_PASSWORD:
        raise Refused("weak_password", f"at least {MIN_PASSWORD} characters", field=field)
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


async def check_password(hub: Hub, name: str, password: str, peer: str) -> wire.Officer:
    """Return whose password it is; raise :class:`Refused` (401) without saying what is wrong."""
    began = hub.now()
    hub.attempts.begin(name, peer, began)
    found = await hub.store.read(lambda reader: kept.account(reader, name))
    if found is not None and found[0].disabled:
        found = None
    good = await asyncio.to_thread(_verify, found[1] if found else _NOBODY, password)
    if found is None or not good:
        await hub.store.write(lambda tx: tx.audit(name, "session.refused", peer))
        raise Refused("unauthenticated", "name or password is wrong", status=401)
    hub.attempts.succeeded(name, peer, began)
    return wire.Officer.model_validate(found[0].model_dump(exclude={"disabled"}))


async def sign_in(hub: Hub, given: wire.Login, peer: str) -> wire.Session:
    """Return a new session."""
    officer = await check_password(hub, given.name, given.password, peer)
    token = secrets.token_urlsafe(32)
    hours = timedelta(hours=hub.settings.session_hours)

    def open_session(tx: Tx) -> datetime:
        kept.open_session(tx, token_digest(token), officer.id, peer, tx.now + hours)
        tx.audit(officer.id, "session.open", peer)
        return tx.now + hours

    expires = await hub.store.write(open_session)
    return wire.Session(token=token, officer=officer, expires=expires)


async def sign_out(hub: Hub, officer: wire.Officer, digest: str) -> None:
    """End a session of one's own."""

    def close(tx: Tx) -> None:
        kept.end_sessions(tx, [digest])
        tx.audit(officer.id, "session.close")

    await hub.store.write(close)
    end(hub, [digest])


async def end_session(hub: Hub, by: wire.Officer, id_: str) -> None:
    """End somebody's session by the id an administrator sees; raise :class:`Refused` (404)."""

    def close(tx: Tx) -> str:
        found = [s for s in kept.sessions(tx, tx.now) if id_of(s.digest) == id_]
        if not found:
            raise Refused("unknown_session", id_, status=404)
        kept.end_sessions(tx, [found[0].digest])
        tx.audit(by.id, "session.end", found[0].account, {"session": id_})
        return found[0].digest

    end(hub, [await hub.store.write(close)])


def id_of(digest: str) -> str:
    """Return under what an administrator sees a session: it tells, and opens nothing."""
    return digest[:16]


async def put_account(hub: Hub, by: wire.Officer, given: wire.Account) -> None:
    """Make or change an account; its sessions end. Raise :class:`Refused` for what is wrong."""
    unknown = set(given.roles) - (set(Role) - {Role.SYSTEM})
    if unknown or not given.roles:
        raise Refused("unknown_role", ", ".join(sorted(unknown)), field="roles")
    row = wire.AccountRow(
        roles=sorted(set(given.roles)),
        **given.model_dump(include={"id", "name", "districts", "departments", "disabled"}),
    )
    new = await asyncio.to_thread(hash_password, given.password) if given.password else None

    def put(tx: Tx) -> list[str]:
        known = kept.account(tx, given.id)
        password = new or (known[1] if known else None)
        if password is None:
            raise Refused("weak_password", "a new account needs a password", field="password")
        kept.put_account(tx, row, password)
        ended = kept.sessions_of(tx, given.id)
        kept.end_sessions(tx, ended)
        tx.audit(by.id, "account.put", row.id, row.model_dump(exclude={"id"}))
        return ended

    end(hub, await hub.store.write(put))


async def new_password(
    hub: Hub, officer: wire.Officer, given: wire.NewPassword, peer: str, digest: str
) -> None:
    """Change one's own password; every other session of the account ends."""
    if hub.duty is officer:
        raise Refused("no_password", "an embedded hub's officer has none", status=409)
    await _check_own(hub, officer, given.old, peer)
    new = await asyncio.to_thread(hash_password, given.new, "new")

    def put(tx: Tx) -> list[str]:
        known = kept.account(tx, officer.id)
        if known is None:
            raise Refused("unauthenticated", "the account is gone", status=401)
        kept.put_account(tx, known[0], new)
        others = [other for other in kept.sessions_of(tx, officer.id) if other != digest]
        kept.end_sessions(tx, others)
        tx.audit(officer.id, "account.password", officer.id)
        return others

    end(hub, await hub.store.write(put))


async def _check_own(hub: Hub, officer: wire.Officer, password: str, peer: str) -> None:
    """Check the password of somebody whose session stands: a wrong one does not end it."""
    try:
        await check_password(hub, officer.id, password, peer)
    except Refused as refused:
        if refused.status != 401:
            raise
        raise Refused("wrong_password", status=403, field="password") from None


async def lock(hub: Hub, officer: wire.Officer) -> None:
    """Keep in the audit chain that somebody's seat hides what it shows."""
    await hub.store.write(lambda tx: tx.audit(officer.id, "seat.locked"))


async def unlock(hub: Hub, officer: wire.Officer, given: wire.Unlock, peer: str) -> None:
    """Let an officer back to his seat; raise :class:`Refused` (403) for a wrong password."""
    if hub.duty is not officer:
        await _check_own(hub, officer, given.password, peer)
    await hub.store.write(lambda tx: tx.audit(officer.id, "seat.unlocked"))
