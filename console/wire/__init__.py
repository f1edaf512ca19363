"""The messages hub and seats share: the one place that defines them.

Everything a seat knows arrives as a :class:`Snapshot` followed by numbered
:class:`Change` records; everything it wants leaves as a :class:`Command`.
Positions and presence alone travel outside the log: newest wins. All coordinates are WGS-84
degrees, all times are aware UTC datetimes, all lengths are metres unless a name says otherwise.
"""

from console.wire.base import API_VERSION, Message, Point, Problem, Ring
from console.wire.case import (
    Candidate,
    CaseDetail,
    CaseRow,
    Fact,
    Media,
    Proposal,
    Reason,
    Report,
    Similar,
    StageClock,
)
from console.wire.catalogue import BASE_SCHEME, CatalogueItem, Department, FilingRule, class_id
from console.wire.command import Command, CommandResult
from console.wire.kinds import KINDS, id_of
from console.wire.launch import Launch, Ready
from console.wire.office import (
    Account,
    AuditEntry,
    AuditPage,
    Login,
    Officer,
    Session,
    SettingRow,
    Watch,
)
from console.wire.queue import CaseFilter, Facet, Facets, MonthReport, QueuePage, QueueQuery, Sort
from console.wire.stream import (
    Beat,
    Change,
    Changes,
    Health,
    Part,
    Positions,
    Presence,
    Present,
    Pruned,
    Snapshot,
    StreamMessage,
)
from console.wire.town import Camera, Grid, Place, Position, Speaker, Street, Unit, Zone
from console.wire.voice import Call, Prepare, Prepared, TalkOpen, TalkState, Template

__all__ = [
    "API_VERSION",
    "BASE_SCHEME",
    "KINDS",
    "Account",
    "AuditEntry",
    "AuditPage",
    "Beat",
    "Call",
    "Camera",
    "Candidate",
    "CaseDetail",
    "CaseFilter",
    "CaseRow",
    "CatalogueItem",
    "Change",
    "Changes",
    "Command",
    "CommandResult",
    "Department",
    "Facet",
    "Facets",
    "Fact",
    "FilingRule",
    "Grid",
    "Health",
    "Launch",
    "Login",
    "Media",
    "Message",
    "MonthReport",
    "Officer",
    "Part",
    "Place",
    "Point",
    "Position",
    "Positions",
    "Prepare",
    "Prepared",
    "Presence",
    "Present",
    "Problem",
    "Proposal",
    "Pruned",
    "QueuePage",
    "QueueQuery",
    "Ready",
    "Reason",
    "Report",
    "Ring",
    "Session",
    "SettingRow",
    "Similar",
    "Snapshot",
    "Sort",
    "Speaker",
    "StageClock",
    "StreamMessage",
    "Street",
    "TalkOpen",
    "TalkState",
    "Template",
    "Unit",
    "Watch",
    "Zone",
    "class_id",
    "id_of",
]
