"""What stands in the columns of a table of cases, in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console import wire
from console.domain.case import OPEN, Source, State
from console.hub.export.cells import Cell, china_time
from console.hub.store.live import Live

STATES: dict[str, str] = {
    State.PROPOSED: "待受理",
    State.RETURNED: "退回补充",
    State.ACCEPTED: "已受理",
    State.VERIFYING: "待核实",
    State.VERIFIED: "已核实",
    State.FILED: "已立案",
    State.DISPATCHED: "已派遣",
    State.TAKEN: "已接单",
    State.ON_SITE: "已到场",
    State.HANDLED: "待核查",
    State.CHECKED: "待结案",
    State.SUSPENDED: "挂账",
    State.CLOSED: "已结案",
    State.ARCHIVED: "已归档",
    State.VOID: "已作废",
    State.MERGED: "已并案",
    State.TRANSFERRED: "已移交",
}
SOURCES: dict[str, str] = {
    Source.CITIZEN: "市民",
    Source.COLLECTOR: "采集员",
    Source.AI: "智能识别",
    Source.PATROL: "视频巡查",
    Source.SENSOR: "物联感知",
    Source.HOTLINE: "热线",
    Source.CHAT: "微信群",
    Source.SURVEY: "第三方测评",
    Source.PLATFORM: "其他平台",
    Source.ROUND: "督查",
    Source.EMERGENCY: "紧急按钮",
}
_KINDS = {"matter": "事件", "component": "部件"}
_CONTENT = {1: "不满意", 2: "满意", 3: "非常满意"}

Column = Callable[[wire.CaseRow], Cell]


def columns(live: Live, now: datetime) -> dict[str, Column]:
    """Return heading -> what stands below it."""
    departments = {id_: one.name for id_, one in live.departments.items()}
    grids = {id_: one.name for id_, one in live.grids.items()}
    streets = {id_: one.name for id_, one in live.streets.items()}

    def late(row: wire.CaseRow) -> Cell:
        if row.state in OPEN and row.paused is not None:
            return "否"
        return "是" if (row.ended or now) > row.due else "否"

    return {
        "案件编号": lambda row: row.id,
        "状态": lambda row: STATES.get(row.state, row.state),
        "类型": lambda row: _KINDS[row.kind],
        "标准": lambda row: row.scheme,
        "代码": lambda row: row.code,
        "名称": lambda row: row.name,
        "地点": lambda row: row.place,
        "街道": lambda row: streets.get(row.street or "", row.street),
        "网格": lambda row: row.grid_name or row.grid,
        "区域": lambda row: grids.get(row.district, row.district),
        "来源": lambda row: "、".join(SOURCES.get(one, one) for one in row.sources),
        "上报数": lambda row: row.reports,
        "上报时间": lambda row: china_time(row.opened),
        "时限": lambda row: china_time(row.due),
        "结束时间": lambda row: china_time(row.ended),
        "超时": late,
        "优先级": lambda row: row.priority,
        "督办": lambda row: row.supervised,
        "主办单位": lambda row: row.department_name or row.department,
        "协办单位": lambda row: "、".join(departments.get(one, one) for one in row.assisting),
        "处置力量": lambda row: row.unit_name or row.unit,
        "专项": lambda row: row.campaign,
        "延期次数": lambda row: row.extensions,
        "满意度": lambda row: _CONTENT.get(row.satisfaction or 0),
        "经度": lambda row: row.at.lon,
        "纬度": lambda row: row.at.lat,
    }
