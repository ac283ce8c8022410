"""Units: part of a number's type. Nothing is converted behind the author's back.

A unit is a product of powers of named units, `万元/人` being {万元: 1, 人: −1}. `BARE` is the unit of a literal: it
takes the other side's. A rate (`%`, `‰`) has no dimension: its scale is applied when a cell is read.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

KNOWN = frozenset(
    "元 角 分 千元 万元 百万元 亿元 美元 欧元 港元 次 项 个 家 户 人 人次 件 类 份 套 台 条 篇 例 处 起 宗 名 批 座 栋 间 所 辆 天 日 周 月 年 "
    "张 本 册 只 头 棵 株 场 期 届 班 盏 口 块 副 幢 列 艘 架 根 封 份次 车次 户次 课时 学时 学分 人天 名额 "
    "小时 分钟 秒 毫秒 微秒 季度 自然日 交易日 工作日 米 公里 千米 分米 厘米 毫米 微米 平方米 平方公里 公顷 亩 立方米 "
    "吨 公斤 千克 克 毫克 微克 升 毫升 度 摄氏度 "
    "千瓦 兆瓦 千瓦时 兆瓦时 焦耳 千焦 伏特 安培 千帕 兆帕 赫兹 分贝 字节 千字节 兆字节 "
    "CNY USD EUR GBP yuan person persons people case cases item items time times day days month months year years hour "
    "hours minute minutes second seconds week weeks quarter quarters millisecond milliseconds microsecond microseconds "
    "m km cm mm dm m2 m3 km2 ha kg g mg t l ml h min ms us s kW MW kWh MWh kJ kPa MPa Hz kHz MHz dB "
    "KB MB GB TB".split()
)
"""Units that may stand bare after `in`; any other is written in quotes, so that a slip is not a new unit."""

COUNTS = frozenset(
    "次 项 个 家 户 人 人次 件 类 份 套 台 条 篇 例 处 起 宗 名 批 座 栋 间 所 辆 张 本 册 只 头 棵 株 场 期 班 块 幢 封 份次 车次 户次 "
    "person persons people case cases item items time times".split()
)
"""Units that count things."""

RATES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "个百分点": Fraction(1, 100)}


@frozen
class Unit:
    """A dimension: named units with their powers, sorted; () is a plain number or rate."""

    powers: tuple[tuple[str, int], ...] = ()
    rate: str = ""
    """`%` or `‰` for a rate that is written so; never part of equality of dimension."""

    @classmethod
    def named(cls, name: str) -> Unit:
        return cls((), name) if name in RATES else cls(((name, 1),))

    @property
    def percent(self) -> bool:
        """Is it written as a percentage (or per mille)?"""
        return bool(self.rate)

    @property
    def scale(self) -> Fraction:
        """What 1 in this unit is as a plain number: 1/100 for %."""
        return RATES.get(self.rate, Fraction(1))

    @property
    def counts(self) -> bool:
        """Is it a number of things (份, 次, 个), once?"""
        return len(self.powers) == 1 and self.powers[0][0] in COUNTS and self.powers[0][1] == 1

    def times(self, other: Unit, sign: int = 1) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        return Unit(tuple(sorted((n, p) for n, p in powers.items() if p)))

    def power(self, exponent: int) -> Unit:
        return Unit(tuple((name, power * exponent) for name, power in self.powers if exponent))

    def same_dimension(self, other: Unit) -> bool:
        return self.powers == other.powers

    def __str__(self) -> str:
        above = [name + (f"^{power}" if power > 1 else "") for name, power in self.powers if power > 0]
        below = [name + (f"^{-power}" if power < -1 else "") for name, power in self.powers if power < 0]
        return "·".join(above) + "".join("/" + name for name in below)


NO_UNIT = Unit()
PERCENT = Unit((), "%")
