"""How well classes are told from texts. No bureau's cases are at hand, so all texts are made up.

Learned from: sentences put together from the words and conditions that ship with the program, so
that the classifier is tried, not the city. Tried on: those held back, and the texts of the 200
reports, which somebody else wrote.
"""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

from console.domain.classify import Guess, learned
from console.hub.catalogue import base
from console.hub.learning.model import Model, load
from console.hub.learning.train import learn
from console.hub.words import words
from tests.bench.report import Bar, Report, percentile

EACH = 120
"""Made-up texts a class."""
_WHO = ("", "市民反映", "群众来电称", "网格员上报：", "路过看到", "我们小区旁边", "请问为什么")
_ROADS = ("人民路", "解放路", "滨江大道", "中山街", "学院路", "环城东路", "菜场后巷", "三合潭")
_WHEN = ("", "，已经三天了", "，请尽快处理", "，没人管", "，晚上更严重", "，老人走路不方便")

Texts = list[tuple[str, str]]


def measure(report: Report, folder: Path) -> None:
    """Learn from made-up texts and try what was learned."""
    del folder
    made = corpus(random.Random(20261122))
    begun = time.perf_counter()
    model, figures = learn(made)
    report.add("learned_seconds", time.perf_counter() - begun)
    report.add("learned_synthetic_texts", figures["examples"])
    report.add("learned_synthetic_classes", figures["classes"])
    report.add("learned_synthetic_held_back_right_percent", 100 * figures["accuracy"])
    data = model.dump()
    report.add("learned_model_mb", len(data) / 1e6)
    _try(report, load(data), _reports())


def corpus(chance: random.Random) -> Texts:
    """Return (text, class) of made-up reports, for every class that words are known of."""
    phrases: dict[str, list[str]] = {}
    for rule in words().rules:
        phrases.setdefault(rule.code, []).extend(rule.words)
    for rule_id, condition in base.conditions().items():
        _, _, kind, code, _ = rule_id.split("/")
        if kind == "matter" and code in phrases:
            phrases[code] += condition.text.replace("，", "、").split("、")
    return [
        (
            chance.choice(_WHO)
            + chance.choice(_ROADS)
            + "".join(chance.sample(said, min(len(said), chance.randint(1, 2))))
            + chance.choice(_WHEN),
            code,
        )
        for code, said in sorted(phrases.items())
        for _ in range(EACH)
    ]


def _reports() -> Texts:
    """Return the texts of the 200 reports of which a class is known."""
    path = Path(__file__).with_name("reports_200.json")
    rows = json.loads(path.read_text("utf-8"))
    return [(row["text"], row["code"]) for row in rows if row.get("text") and row.get("code")]


def _try(report: Report, model: Model, told: Texts) -> None:
    """Record how often words alone, learning alone and both together name the class."""
    hits = {"words": 0, "learned": 0, "both": 0, "both_or_next_three": 0}
    took = []
    for text, code in told:
        begun = time.perf_counter()
        shares = model.shares(text)
        took.append(time.perf_counter() - begun)
        said: Guess = words().read(text)
        both = learned(said, shares)
        named = [both.code, *(other for other, _ in shares if other != both.code)]
        hits["words"] += said.code == code
        hits["learned"] += bool(shares) and shares[0][0] == code
        hits["both"] += both.code == code
        hits["both_or_next_three"] += code in named[:4]
    for name, count in hits.items():
        report.add(f"class_right_by_{name}_percent", 100 * count / max(1, len(told)))
    report.add("class_texts_tried", len(told))
    report.add("class_guess_ms_p99", percentile(took, 0.99) * 1e3, Bar(10.0, "ms"))
