"""The words of a Chinese county town: people, shops, squads, communities."""

from __future__ import annotations

import random

TOWNS = ("青溪县", "云浦县", "澜溪县", "珠浦县")

_SURNAMES = (
    "陈林王张李黄吴叶徐潘郑金朱周胡蔡应江何杨郭罗梁宋谢唐韩曹许邓冯董程沈曾彭吕苏卢蒋方余章柯邵阮洪"
)
_FIRST = "建志国海文明伟晓雪丽秀玉春小永宗正佳子思慧俊宏立光庆云梦嘉若"
_SECOND = "军华强波峰平勇敏静芳燕霞萍兰英娟红梅琴杰斌磊涛鹏飞超宁洁瑶琳怡轩辉民生"

SQUADS = ("城中中队", "城东中队", "城西中队", "滨江中队", "城南中队", "机动中队")

_SHOPS = {
    "restaurant": "老街面馆 阿婆麻糍 海鲜大排档 兰香餐馆 东北饺子馆 沙县小吃 米面店 农家菜馆",
    "fruit": "鲜果园 四季水果 果然鲜 百果坊 甜橙水果店",
    "clothes": "丽人服饰 童装之家 名流男装 锦绣布行 步步高鞋店",
    "grocery": "便民超市 好又多便利店 惠民粮油 万家福超市 小林烟酒",
    "hardware": "建达五金 永固门窗 光明灯饰 宏发建材 金锤五金",
    "pharmacy": "康民大药房 仁济药店 百草堂",
    "phone": "联讯手机 天翼通信 快修手机",
    "breakfast": "早早包子铺 豆香早餐 嵊州小笼 糯米饭团店",
    "service": "顺风修车 洁美干洗 艺剪发廊 图文快印 老王修鞋",
}

CARTS = ("卖水果", "卖烤红薯", "卖糖葫芦", "卖小笼包", "卖袜子", "卖手机壳", "卖煎饼")


def person(rng: random.Random) -> str:
    """Return a full name: most have two given characters."""
    given = rng.choice(_FIRST) + (rng.choice(_SECOND) if rng.random() < 0.85 else "")
    return rng.choice(_SURNAMES) + given


def phone(rng: random.Random) -> str:
    """Return a mobile number of the shape used in China; 12x is allotted to nobody."""
    return "1290576" + f"{rng.randrange(10_000):04d}"


def shop(rng: random.Random) -> tuple[str, str]:
    """Return (kind, name) of a shop."""
    kind = rng.choice(list(_SHOPS))
    return kind, rng.choice(_SHOPS[kind].split())
