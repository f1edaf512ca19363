"""Classes and rules at the hub: what is imported, what is refused, what follows for a case."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from console import wire
from console.domain.catalogue import Route
from console.hub.catalogue.imports import read_table, take_table
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules.classing import Classed, classed
from console.hub.store import Tx
from console.wire.catalogue import CatalogueImport
from tests.hub.conftest import ServedHub, TestClock, make_hub, opened, run, seed

CLASSES = "kind,code,name,major,hours,maps_to,since,until"
RULES = "类型,代码,立案条件,处置时限,结案条件,责任部门,责任单位"
GOOD_RULE = "事件,09001,校门口五十米内摆卖,1紧急工作时,摊贩离开,,综合执法中队"
AT = wire.Point(lat=28.65, lon=121.26)


def table(header: str, *rows: str) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def workbook(data: bytes) -> bytes:
    book = Workbook()
    for row in csv.reader(io.StringIO(data.decode())):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def take(hub: Hub, what: Any, data: bytes, *, preview: bool = False) -> CatalogueImport:
    read = read_table(what, data, "a.csv", "青溪县地方目录")
    return await hub.store.write(lambda tx: take_table(tx, read, "admin", preview=preview))


def test_a_citys_classes_and_rules_come_in_from_both_formats(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            rows = table(CLASSES, "事件,L01,犬只扰民,地方事项,24,06038,2026-01-01,")
            first = await take(hub, "classes", workbook(rows))
            assert (first.added, first.version) == (["local/matter/L01"], 1)
            assert (await take(hub, "classes", rows)).version is None
            second = await take(hub, "rules", table(RULES, GOOD_RULE))
            assert second.version == 2
            rule = hub.live.rules[second.added[0]]
            assert (rule.of, rule.limit) == ("gb2026/matter/09001", "urgent_hours:1")

    run(work())


def test_an_import_that_is_only_looked_at_keeps_nothing(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            before = dict(hub.live.rules)
            seen = await take(hub, "rules", table(RULES, GOOD_RULE), preview=True)
            assert len(seen.added) == 1
            assert seen.version is None
            assert dict(hub.live.rules) == before

    run(work())


BAD_ROWS = [
    ("rules", "事情,09001,x,4小时,y,,", "kind", "neither"),
    ("rules", "事件,9,x,4小时,y,,", "code", "no code"),
    ("rules", "事件,99999,x,4小时,y,,", "code", "no class"),
    ("rules", "事件,09001,x,随时,y,,", "limit", "no limit"),
    ("rules", "事件,09001,x,0天,y,,", "limit", "no time"),
    ("rules", "事件,09001,,4小时,y,,", "condition", "missing"),
    ("rules", "事件,09001,x,4小时,y,nobody,", "department", "no department"),
    ("rules", "事件,09001,=1+1,4小时,y,,", "", "formula"),
    ("rules", f"事件,09001,{'长' * 501},4小时,y,,", "condition", "more than 500"),
    ("rules", GOOD_RULE, "id", "already stands"),
    ("classes", "matter,L1,名,类,0,,,", "hours", "no number"),
    ("classes", "matter,L1,名,类,24,99999,,", "maps_to", "no class"),
    ("classes", "matter,L1,名,类,24,,2026-13-01,", "since", "no day"),
    ("classes", "matter,L1,名,类,24,,2026-02-01,2026-01-01", "until", "before"),
    ("classes", "matter,L1,名,类,24,,,,x", "", "more cells"),
]


def test_a_bad_row_is_named_and_nothing_of_its_file_is_kept(
    tmp_path: Path, clock: TestClock
) -> None:
    good = {"rules": (RULES, GOOD_RULE), "classes": (CLASSES, "matter,L0,好,类,24,,,")}

    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            before = hub.store.seq
            for what, row, column, reason in BAD_ROWS:
                with pytest.raises(Refused) as caught:
                    await take(hub, what, table(*good[what], row))
                current = caught.value.problem.current
                assert current is not None
                told = current["problems"][0]
                assert (told["row"], told["column"]) == (3, column), row
                assert reason in told["reason"]
            assert hub.store.seq == before

    run(work())


def test_only_an_administrator_imports_and_a_bad_file_is_a_clear_refusal(
    served: ServedHub,
) -> None:
    url = f"{served.url}/api/catalogue/import"
    query = {"what": "rules", "name": "rules.csv"}
    nobody = served.session.post(
        url, params=query, data=b"", headers={"Authorization": "Bearer x"}, timeout=10
    )
    assert nobody.status_code == 401
    bad = served.session.post(url, params=query, data=b"PK\x03\x04no", timeout=10)
    assert bad.status_code == 422
    assert bad.json()["code"] == "bad_table"
    good = served.session.post(url, params=query, data=table(RULES, GOOD_RULE), timeout=10)
    assert good.json()["version"] == 1
    entries = served.get("/api/audit").json()["entries"]
    assert entries[-1]["action"] == "catalogue.import"
    assert entries[-1]["detail"]["sha256"]


def test_what_a_bureau_imported_survives_a_restart(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            added = (await take(hub, "rules", table(RULES, GOOD_RULE))).added
        async with opened(make_hub(tmp_path, clock)) as hub:
            assert added[0] in hub.live.rules
            assert len(hub.live.rules) > 1000

    run(work())


async def follows(hub: Hub, class_id: str, text: str = "", rule: str | None = None) -> Classed:
    def find(tx: Tx) -> Classed:
        item = tx.get(wire.CatalogueItem, class_id)
        assert item is not None
        return classed(hub, tx, item, AT, rule, text)

    return await hub.store.write(find)


def test_the_rule_the_department_and_a_snapshot_follow_from_a_class(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await seed(hub, wire.Department(id="housing", name="住建局"))
            hub.register.routes = [Route("*", "市政设施管护单位", "", "housing")]
            found = await follows(hub, "gb2026/matter/01023", "井盖松动，一直响")
            assert found.rule is not None
            assert found.rule.id.endswith("-noisy")
            assert found.fields["department_name"] == "住建局"
            assert found.snapshot["rule"]["limit"] == "natural_hours:24"
            assert found.snapshot["class"]["name"] == "不明井盖异常"
            assert (await follows(hub, "gb2026/matter/09001")).department is None

    run(work())


def test_a_rule_of_another_class_is_refused(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            with pytest.raises(Refused, match="unknown_rule"):
                await follows(hub, "gb2026/matter/09001", rule="base/gb2026/matter/06010/2-large")

    run(work())


def test_a_local_class_without_rules_has_those_of_its_base_class(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            await take(hub, "classes", table(CLASSES, "matter,L01,校门摊贩,地方,24,09001,,"))
            found = await follows(hub, "local/matter/L01")
            assert found.rule is not None
            assert found.rule.of == "gb2026/matter/09001"

    run(work())
