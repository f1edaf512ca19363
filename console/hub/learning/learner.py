"""Looks what became of proposals, learns from it at night or when told to, and guesses classes."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from console import wire
from console.domain.clock import CHINA
from console.hub.housekeeping import every
from console.hub.store import Reader, Tx
from console.hub.store.learning import (
    Mark,
    Outcome,
    Tally,
    count_since,
    ended_after,
    examples,
    outcome_of,
    put_outcomes,
    tallies,
)
from console.process import child_command
from console.wire.learning import ClassHits, Hits, LearningReport

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.learning.model import Model

log = logging.getLogger(__name__)

LEAST = 50
"""Examples below which a class is not learned."""
PER_CLASS, IN_ALL = 1_000, 60_000
"""Examples that are learned from, the newest."""
WORTH = 20
"""New outcomes for which a night's learning is worth while."""
NIGHT = 3
"""Hour of China in which the hub learns by itself."""
BATCH, A_LOOK = 100, 2_000
"""Ended cases that are noted at once, and in one look: a hub of millions catches up over hours."""
PATIENCE = 3600.0
"""Seconds after which learning is given up."""

_MODEL, _MARK = "learning.model", "learning.mark"


class Learning:
    """The classifier of a hub. :meth:`shares` may be called from any thread."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._model: Model | None = None
        self._about: dict[str, Any] = {}
        self._busy = asyncio.Lock()
        self._few = False
        self._folder = hub.settings.data / "learning"

    @property
    def state(self) -> Literal["none", "too_few", "training", "ready"]:
        """How it stands."""
        if self._busy.locked():
            return "training"
        if self._model is not None:
            return "ready"
        return "too_few" if self._few else "none"

    def shares(self, text: str) -> list[tuple[str, float]]:
        """Return (code of a matter, how likely) for a text; nothing where nothing was learned."""
        model = self._model
        return model.shares(text) if model is not None and text.strip() else []

    async def report(self) -> LearningReport:
        """Return how often proposals were right."""
        counted = await self._hub.store.read(tallies)
        trained = self._about.get("trained")
        return LearningReport(
            state=self.state,
            trained=datetime.fromisoformat(trained) if trained else None,
            examples=self._about.get("examples", 0),
            classes=self._about.get("classes", 0),
            accuracy=self._about.get("accuracy"),
            lines=_lines(counted, self._hub.live.catalogue),
            by_basis=_by_basis(counted),
        )

    # --- what recurs -------------------------------------------------------------------

    async def serve(self) -> None:
        """Take the model that is kept, then look after it until the hub ends."""
        await self.restore()
        await self._tell()
        await every(60.0, self._look, self._hub)

    async def _look(self, hub: Hub) -> None:
        if await self.harvest(A_LOOK):
            await self._tell()
        now = hub.now().astimezone(CHINA)
        trained = self._about.get("tried")
        last = datetime.fromisoformat(trained) if trained else None
        if now.hour == NIGHT and (last is None or hub.now() - last > timedelta(hours=12)):
            fresh = await hub.store.read(lambda reader: count_since(reader, last))
            if fresh >= WORTH:
                await self.train()

    async def harvest(self, most: int | None = None) -> bool:
        """Note what became of the cases that ended since the last look, or of ``most`` of them.

        They are read beside the writer and noted few at a time: officers' commands go before.
        Return whether there were any.
        """
        looked = 0
        while most is None or looked < most:
            mark, found = await self._hub.store.count(_ended)
            if mark is None:
                break
            await self._hub.store.write(partial(_noted, mark=mark, found=found))
            looked += BATCH
        return looked > 0

    async def _tell(self) -> None:
        """Put the hit rate on the board."""
        hits = (await self.report()).lines
        right, wrong = sum(h.accepted for h in hits), sum(h.corrected for h in hits)
        figures = {"examples": float(self._about.get("examples", 0)), "cases": float(right + wrong)}
        if right + wrong:
            figures["right_percent"] = round(100 * right / (right + wrong), 1)
        self._hub.health.set("learning", "ok", self.state, figures)

    # --- learning ----------------------------------------------------------------------

    async def train(self) -> None:
        """Learn anew from the cases that are closed, in a process of its own."""
        if self._busy.locked():
            return
        async with self._busy:
            await self.harvest()
            hub = self._hub
            told = await hub.store.read(lambda reader: examples(reader, IN_ALL * 2))
            chosen = _chosen(told, hub.live.catalogue)
            self._about["tried"] = hub.now().isoformat()
            self._few = len({code for _, code in chosen}) < 2
            if self._few:
                log.info("too few closed cases to learn from")
            else:
                await self._learn(chosen)
        await self._tell()

    async def _learn(self, chosen: Sequence[tuple[str, str]]) -> None:
        from console.hub.learning.model import load

        lines = "".join(f"{json.dumps(row)}\n" for row in chosen).encode()
        written = await _in_child(lines)
        if written is None:
            log.error("learning from %d cases failed", len(chosen))
            return
        head, _, data = written.partition(b"\n")
        model = await asyncio.to_thread(load, data)
        digest = hashlib.sha256(data).hexdigest()
        about = json.loads(head) | {
            "sha256": digest,
            "trained": self._hub.now().isoformat(),
            "tried": self._about["tried"],
        }
        await asyncio.to_thread(self._write, digest, data)

        def keep(tx: Tx) -> None:
            tx.setting(_MODEL, about)
            tx.audit("system", "learning.train", "", about)

        await self._hub.store.write(keep)
        self._model, self._about = model, about
        log.info("learned %(classes)d classes from %(examples)d cases", about)

    def _write(self, digest: str, data: bytes) -> None:
        """Keep the newest model, and no other."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._folder / "model.npz.new"
        new.write_bytes(data)
        new.replace(self._folder / f"{digest}.npz")
        for old in self._folder.glob("*.npz"):
            if old.stem != digest:
                old.unlink(missing_ok=True)

    async def restore(self) -> None:
        """Load the model whose digest the store knows; any other file is left alone."""
        about = await self._hub.store.read(lambda reader: reader.get_setting(_MODEL))
        if not about:
            return
        self._about = about
        try:
            self._model = await asyncio.to_thread(self._read, about["sha256"])
        except (OSError, ValueError) as error:
            log.warning("the learned model is not used: %s", error)

    def _read(self, digest: str) -> Model:
        from console.hub.learning.model import load

        data = (self._folder / f"{digest}.npz").read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError("its digest is another")
        return load(data)


async def _in_child(lines: bytes) -> bytes | None:
    """Return what the child wrote, None where it failed."""
    child = await asyncio.create_subprocess_exec(
        *child_command("console.hub.learning.train"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        written, _ = await asyncio.wait_for(child.communicate(lines), PATIENCE)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    return written if child.returncode == 0 else None


def _ended(reader: Reader) -> tuple[Mark | None, list[Outcome]]:
    """Return the next cases that ended and how far that is, None where there are none."""
    kept = reader.get_setting(_MARK)
    since: Mark | None = (datetime.fromisoformat(kept[0]), kept[1]) if kept else None
    ended = ended_after(reader, since, BATCH)
    found = [one for (at, _), row in ended if (one := outcome_of(reader, row, at)) is not None]
    return (ended[-1][0] if ended else None), found


def _noted(tx: Tx, mark: Mark, found: Iterable[Outcome]) -> None:
    """Keep outcomes and how far was looked."""
    put_outcomes(tx, found)
    at, id_ = mark
    tx.setting(_MARK, [at.isoformat(), id_])


def _chosen(
    told: Iterable[tuple[str, str]], catalogue: Mapping[str, wire.CatalogueItem]
) -> list[tuple[str, str]]:
    """Return (text, code of a matter) of the classes that have enough examples."""
    taken: Counter[str] = Counter()
    rows: list[tuple[str, str]] = []
    for text, class_id in told:
        code = _matter(class_id, catalogue)
        if code and taken[code] < PER_CLASS and len(rows) < IN_ALL:
            taken[code] += 1
            rows.append((text, code))
    return [(text, code) for text, code in rows if taken[code] >= LEAST]


def _matter(class_id: str, catalogue: Mapping[str, wire.CatalogueItem]) -> str:
    """Return the code of the base matter that a class is or stands for, or nothing."""
    item = catalogue.get(class_id)
    base = class_id if item is None else item.maps_to or class_id
    scheme, kind, code = base.split("/")
    return code if (scheme, kind) == (wire.BASE_SCHEME, "matter") else ""


def _lines(
    counted: Iterable[Tally], catalogue: Mapping[str, wire.CatalogueItem]
) -> list[ClassHits]:
    """Return the hits of each proposed class, those proposed most first."""
    by_class: dict[str, list[Tally]] = {}
    for tally in counted:
        by_class.setdefault(tally.proposed, []).append(tally)
    lines = [
        ClassHits(
            of=of,
            name=catalogue[of].name if of in catalogue else "",
            **_summed(tallies_of).model_dump(),
        )
        for of, tallies_of in by_class.items()
    ]
    return sorted(lines, key=lambda h: (-(h.accepted + h.corrected + h.rejected), h.of))


def _by_basis(counted: Iterable[Tally]) -> dict[str, Hits]:
    by_basis: dict[str, list[Tally]] = {}
    for tally in counted:
        by_basis.setdefault(tally.basis, []).append(tally)
    return {basis: _summed(some) for basis, some in sorted(by_basis.items())}


def _summed(some: Iterable[Tally]) -> Hits:
    hits = Counter[str]()
    for tally in some:
        filed = "accepted" if tally.final == tally.proposed else "corrected"
        hits[filed if tally.filed else "rejected"] += tally.count
    return Hits(**hits)
