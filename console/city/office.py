"""The town's offices: member units, what each answers for, and the town's own kinds of case."""

from __future__ import annotations

Row = tuple[str, ...]

DEPARTMENTS_HEADER = "id,name,kind,phone"
DEPARTMENTS: tuple[Row, ...] = tuple(
    (id_, name, "bureau" if id_ == "bureau" else "member", f"1290576{9000 + number}")
    for number, (id_, name) in enumerate(
        {
            "bureau": "综合行政执法局",
            "housing": "住房和城乡建设局",
            "police": "公安局",
            "transport": "交通运输局",
            "ecology": "生态环境分局",
            "water": "水利局",
            "market": "市场监督管理局",
            "planning": "自然资源和规划局",
            "civil": "民政局",
            "agriculture": "农业农村局",
            "health": "卫生健康局",
            "culture": "文化和广电旅游体育局",
            "fire": "消防救援大队",
            "power": "供电公司",
            "telecom": "通信发展管理办公室",
        }.items(),
        1,
    )
)
"""The bureau itself and its fourteen member units."""

_ANSWERS = {
    "bureau": (
        "综合执法中队 环卫作业单位 市政设施管护单位 园林绿化管护单位 城市照明管护单位 设施所有人 "
        "停车场管理单位 共享单车企业"
    ),
    "housing": (
        "住房城乡建设部门 排水设施管护单位 燃气经营单位 供热单位 油气管道企业 房屋管理部门 "
        "物业服务企业"
    ),
    "police": "公安机关",
    "transport": "交通运输部门 铁路部门",
    "ecology": "生态环境部门",
    "water": "水利部门 供水单位",
    "market": "市场监管部门",
    "planning": "自然资源和规划部门",
    "civil": "民政部门",
    "health": "卫生健康部门",
    "culture": "体育部门 文物保护部门 文化市场执法机构 广播电视网络单位",
    "fire": "消防救援机构",
    "power": "供电单位",
    "telecom": "通信管线单位",
}
"""Who answers where a rule names a sort of unit. Nobody does for the post and the weather."""

ROUTING_HEADER = "classes,responsible,grid,department"
ROUTING: tuple[Row, ...] = (
    *(("*", unit, "", id_) for id_, units in _ANSWERS.items() for unit in units.split()),
    ("gb2026/matter/09009", "", "", "bureau"),
    ("gb2026/matter/09009", "", "g1-04", "transport"),
    ("gb2026/matter/06037", "", "", "agriculture"),
    ("gb2026/matter/06038", "", "", "agriculture"),
)
"""Cars on pavements are the bureau's, save before the station."""

CLASSES_HEADER = "kind,code,name,major,hours,maps_to,since,until"
CLASSES: tuple[Row, ...] = (
    ("matter", "L001", "犬只违规", "地方事项", "24", "", "2026-01-01", ""),
    ("matter", "L002", "时令果蔬摊越点", "街面秩序类", "24", "09001", "2026-01-01", ""),
    ("matter", "L003", "装卸点外占道装卸", "街面秩序类", "24", "09006", "2026-01-01", ""),
    ("matter", "L004", "门前三包不落实", "市容环境类", "24", "06036", "2026-01-01", ""),
    ("matter", "L005", "餐厨垃圾乱倒", "市容环境类", "24", "06010", "2026-01-01", ""),
    ("matter", "L006", "超时投放垃圾", "市容环境类", "24", "06041", "2026-01-01", ""),
    ("matter", "L007", "店招缺亮", "宣传广告类", "24", "07006", "2026-01-01", ""),
    ("matter", "L008", "海鲜摊污水外流", "街面秩序类", "24", "09020", "2026-01-01", ""),
    ("matter", "L009", "校门口接送占道", "街面秩序类", "24", "09009", "2026-03-01", ""),
    ("matter", "L010", "迎检专项问题", "地方事项", "24", "06036", "2025-01-01", "2025-12-31"),
    ("component", "L101", "便民疏导点设施", "市容环卫设施", "168", "", "2026-01-01", ""),
    ("component", "L102", "智能井盖", "市政公用设施", "168", "01023", "2026-01-01", ""),
    ("component", "L103", "喊话音柱", "市政公用设施", "168", "01077", "2026-01-01", ""),
)
"""Kinds of case that the national list does not have, or that the town counts apart."""

_SOURCE = "本县地方目录（2026-01-01）"
RULES_HEADER = "scheme,kind,code,condition,limit,closing,responsible,basis,source,since"
RULES: tuple[Row, ...] = tuple(
    ("local", kind, code, condition, limit, closing, "综合执法中队", basis, _SOURCE, "2026-01-01")
    for kind, code, condition, limit, closing, basis in (
        *(
            ("matter", "L001", condition, limit, closing, "《中华人民共和国动物防疫法》第三十条")
            for condition, limit, closing in (
                ("犬只出户不系绳", "natural_hours:2", "犬绳系好，犬主已劝导"),
                ("犬只无牌或者在禁入场所", "natural_hours:4", "犬只离开，犬主办理登记"),
                ("犬便无人清理", "natural_hours:2", "犬便清理干净"),
            )
        ),
        ("matter", "L005", "餐厨垃圾倒入雨水口、树池", "natural_hours:4", "清理并劝导商户", ""),
        ("matter", "L009", "接送车辆堵塞校门两侧", "urgent_hours:1", "车辆驶离，校门畅通", ""),
        ("component", "L101", "疏导点棚架、标线破损", "natural_days:5", "设施修复", ""),
    )
)
