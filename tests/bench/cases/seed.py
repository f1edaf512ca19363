"""A city's cases of years, put straight into a store: twelve districts, four hundred classes.

The newest, all that are open among them, are made one by one as the hub would keep them. Older ones
are theirs over again, moved back in time inside the database.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from string import Template

from sqlalchemy import Connection, Engine

from console import wire
from console.domain.case import OPEN, State
from console.domain.urgency import microseconds
from console.hub.catalogue.base import classes as catalogue_classes
from console.hub.store import tables
from console.hub.store.engine import open_engine
from console.hub.store.migrate import bring_up_to_date
from console.hub.store.queue import Projection, bring_queue_up_to_date, indexed
from console.hub.store.queue_tables import queue
from console.hub.store.upsert import upsert

NOW = datetime.now(UTC).replace(microsecond=0)
"""When the newest case was opened: most that are open still have time."""
A_DAY = 2740
OPEN_CASES = 20_000
MADE = 60_000
"""Cases that are made one by one, or a tenth more than all where these are fewer."""
_CHUNK = 2000

DISTRICTS = [f"3310{n:02d}" for n in range(1, 13)]
GRIDS = [f"{DISTRICTS[n % 12]}{n:09d}" for n in range(368)]
STREETS = [f"r{n:03d}" for n in range(240)]
DEPARTMENTS = [f"z{n:02d}" for n in range(1, 15)]
UNITS = [f"u{n:03d}" for n in range(300)]
_ROADS = (
    "人民", "解放", "中山", "建设", "和平", "胜利", "滨江", "环城", "珠城", "榴岛", "玉兴", "广陵",
    "康育", "三合潭", "漩门", "双港",
)  # fmt: skip
_SIDES = ("东路", "西路", "南路", "北路", "中路", "大道", "街", "巷", "弄")
_WHO = ("市民反映", "巡查发现", "群众来电称", "网格员上报", "监控识别", "路过看到")
_WHAT = (
    "有人占道摆摊卖水果", "店外摆放桌椅影响通行", "垃圾桶满溢没人清理", "井盖松动有响声",
    "路灯晚上不亮", "共享单车乱停乱放", "工地夜间施工噪音大", "墙上贴满小广告", "绿化带被踩坏",
    "油烟直排居民楼", "渣土车遗撒", "人行道地砖破损", "广告牌快要掉下来", "消防通道被私家车堵住",
)  # fmt: skip
_WHEN = ("已经三天了", "请尽快处理", "上次反映过没有结果", "影响老人出行", "晚上八点以后更严重", "")
_OVER = (
    [State.ARCHIVED] * 70 + [State.CLOSED] * 18 + [State.VOID] * 8
    + [State.MERGED] * 3 + [State.TRANSFERRED]
)  # fmt: skip
_SOURCES = ["citizen"] * 30 + ["collector"] * 35 + ["ai"] * 15 + ["patrol"] * 8 + ["hotline"] * 7
_SOURCES += ["sensor", "chat", "survey", "platform", "round"]


def seed(url: str, count: int) -> None:
    """Fill an empty store with ``count`` cases, of which 20,000 at most are open."""
    engine = open_engine(url, "cases")
    try:
        bring_up_to_date(engine, "cases")
        with engine.begin() as connection:
            bring_queue_up_to_date(connection)
        made = min(count, MADE)
        _make(engine, made)
        _multiply(engine, made, count)
    finally:
        engine.dispose()


def _make(engine: Engine, count: int) -> None:
    dice = random.Random(20261122)
    classes = [item for item in catalogue_classes() if item.scheme == wire.BASE_SCHEME]
    dice.shuffle(classes)
    weights = [1 / (n + 3) for n in range(len(classes))]
    still_open = set(dice.sample(range(count), min(OPEN_CASES, count // 2)))
    step = timedelta(days=1) / A_DAY
    chosen = dice.choices(classes, weights, k=count)
    for at in range(0, count, _CHUNK):
        some = [
            _case(dice, number, NOW - step * number, chosen[number], is_open=number in still_open)
            for number in range(at, min(at + _CHUNK, count))
        ]
        with engine.begin() as connection:
            _put(connection, some)


def _case(
    dice: random.Random, number: int, opened: datetime, class_: wire.CatalogueItem, *, is_open: bool
) -> tuple[wire.CaseRow, wire.Report]:
    grid = dice.randrange(len(GRIDS))
    place = f"{dice.choice(_ROADS)}{dice.choice(_SIDES)}{dice.randrange(1, 400)}号"
    due = opened + timedelta(hours=class_.hours)
    if is_open:
        due = NOW + timedelta(hours=dice.uniform(-2, 160))
    state = dice.choice(sorted(OPEN)) if is_open else dice.choice(_OVER)
    unit = dice.choice(UNITS) if dice.random() < 0.8 else None
    department = dice.choice(DEPARTMENTS)
    source = dice.choice(_SOURCES)
    took = timedelta(hours=class_.hours * dice.uniform(0.05, 1.1))
    row = wire.CaseRow(
        id=_id(opened, number),
        version=dice.randrange(1, 9),
        state=state,
        kind=class_.kind,
        code=class_.code,
        name=class_.name,
        place=place,
        street=dice.choice(STREETS),
        grid=GRIDS[grid],
        grid_name=f"第{grid}网格",
        district=DISTRICTS[grid % 12],
        at=wire.Point(lat=28.6 + dice.random() / 10, lon=121.2 + dice.random() / 10),
        sources=[source],
        reports=1,
        opened=opened,
        due=due,
        stage="close",
        stage_due=NOW + timedelta(hours=dice.uniform(-0.1, 8)) if is_open else None,
        priority=dice.choice((0, 0, 0, 0, 0, 0, 1, 1, 2)),
        supervised=int(dice.random() < 0.01),
        department=department,
        department_name=f"成员单位{department[1:]}",
        assisting=[dice.choice(DEPARTMENTS)] if dice.random() < 0.03 else [],
        unit=unit,
        unit_name=f"中队{unit[1:]}" if unit else "",
        campaign="c2026" if dice.random() < 0.03 else None,
        ended=None if is_open else opened + took,
    )
    said = f"{dice.choice(_WHO)}{place}{dice.choice(_WHAT)}，{dice.choice(_WHEN)}"
    report = wire.Report(
        id=f"r{number:08d}", case=row.id, source=source, at=opened, text=said, where=row.at
    )
    return row, report


def _id(opened: datetime, number: int) -> str:
    return f"C{opened + timedelta(hours=8):%Y%m%d}-{number % A_DAY:04d}"


def _put(connection: Connection, some: list[tuple[wire.CaseRow, wire.Report]]) -> None:
    upsert(connection, tables.entities, list(_entities(row for row, _ in some)))
    reports = [
        {
            "id": report.id,
            "case": report.case,
            "source": report.source,
            "at": report.at,
            "body": report.model_dump_json(),
        }
        for _, report in some
    ]
    connection.execute(tables.reports.insert(), reports)
    Projection(connection).put([row for row, _ in some])


def _entities(rows: Iterator[wire.CaseRow]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield {
            "kind": "case",
            "id": row.id,
            "version": row.version,
            "rested": row.ended,
            "case": None,
            "body": row.model_dump_json(),
        }


# --- the same over again, further back -----------------------------------------------

_WORDING = {
    "sqlite": {
        "day": "strftime('%Y%m%d', (opened - $shift) / 1000000 + 28800, 'unixepoch')",
        "rank": "(1 << 62) - o.opened",
        "rested": "strftime('%Y-%m-%d %H:%M:%S.000000', o.ended / 1000000, 'unixepoch')",
        "moment": "strftime('%Y-%m-%dT%H:%M:%SZ', o.{} / 1000000, 'unixepoch')",
        "body": "json_set(e.body, '$$.id', o.id, '$$.opened', $iso_opened, '$$.due', $iso_deadline,"
        " '$$.ended', $iso_ended)",
    },
    "postgresql": {
        "day": "to_char(to_timestamp((opened - $shift) / 1000000 + 28800) AT TIME ZONE 'UTC',"
        " 'YYYYMMDD')",
        "rank": "(1::bigint << 62) - o.opened",
        "rested": "to_timestamp(o.ended / 1000000)",
        "moment": "to_char(to_timestamp(o.{} / 1000000) AT TIME ZONE 'UTC',"
        ' \'YYYY-MM-DD"T"HH24:MI:SS"Z"\')',
        "body": "(e.body::jsonb || jsonb_build_object('id', o.id, 'opened', $iso_opened,"
        " 'due', $iso_deadline, 'ended', $iso_ended))::text",
    },
}
_REPEAT = (
    (
        "CREATE TEMPORARY TABLE older AS SELECT num AS was, id AS was_id, num - $shift AS num, "
        "'C' || $day || substr(id, 10) AS id, opened - $shift AS opened, "
        "deadline - $shift AS deadline, ended - $shift AS ended "
        "FROM queue WHERE open = 0 AND num > $first ORDER BY num LIMIT $most"
    ),
    "INSERT INTO queue ($columns) SELECT $values FROM older o JOIN queue q ON q.num = o.was",
    "INSERT INTO queue_links SELECT l.link, o.num FROM older o JOIN queue_links l ON l.num = o.was",
    (
        "INSERT INTO queue_texts SELECT o.num, replace(t.text, lower(replace(o.was_id, '-', ' ')), "
        "lower(replace(o.id, '-', ' '))) FROM older o JOIN queue_texts t ON t.num = o.was"
    ),
    (
        "INSERT INTO entities (kind, id, version, rested, body) SELECT 'case', o.id, e.version, "
        "$rested, $body FROM older o JOIN entities e ON e.kind = 'case' AND e.id = o.was_id"
    ),
)
_TOKENS = (
    "INSERT INTO queue_words (rowid, words) SELECT t.num, seed_tokens(t.text) "
    "FROM older o JOIN queue_texts t ON t.num = o.num ORDER BY t.num"
)


def _multiply(engine: Engine, made: int, count: int) -> None:
    """Repeat what is over until there are ``count`` cases."""
    span = (made // A_DAY + 2) * 86_400_000_000
    _tear_down(engine)
    there, block = made, 1
    while there < count:
        with engine.begin() as connection:
            there += _repeat(connection, span * block, microseconds(NOW) - span, count - there)
        block += 1
    _build_up(engine)


def _repeat(connection: Connection, shift: int, first: int, most: int) -> int:
    """Put what was made and is over once more, ``shift`` microseconds earlier; return how many."""
    wording = _WORDING[connection.dialect.name]
    columns = [column.name for column in queue.columns]
    own = {"num", "id", "opened", "deadline", "ended"}
    values = {name: f"o.{name}" if name in own else f"q.{name}" for name in columns}
    values["rank"] = wording["rank"]
    moments = {
        f"iso_{name}": wording["moment"].format(name) for name in ("opened", "deadline", "ended")
    }
    given = {
        "shift": shift,
        "first": first,
        "most": most,
        "columns": ", ".join(columns),
        "values": ", ".join(values.values()),
        "rested": wording["rested"],
        "day": Template(wording["day"]).substitute(shift=shift),
        "body": Template(wording["body"]).substitute(moments),
    }
    run = connection.exec_driver_sql
    run("DROP TABLE IF EXISTS older")
    for statement in _REPEAT:
        run(Template(statement).substitute(given))
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.create_function("seed_tokens", 1, lambda words: indexed(words, 0), deterministic=True)
        run(_TOKENS)
    return int(run("SELECT count(*) FROM older").scalar_one())


def _tear_down(engine: Engine) -> None:
    """Take PostgreSQL's indexes away: building them at the end is many times faster."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for index in queue.indexes:
                index.drop(connection)
            connection.exec_driver_sql("DROP INDEX queue_words")


def _build_up(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET maintenance_work_mem = '1GB'")
            for index in queue.indexes:
                index.create(connection)
            connection.exec_driver_sql(
                "CREATE INDEX queue_words ON queue_texts USING gin (queue_tokens(text))"
            )
            connection.exec_driver_sql("VACUUM ANALYZE")
