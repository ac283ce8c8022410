"""The sentences of a reverse audit, in both languages; each takes the finding's own values."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Text

FINDINGS: dict[str, Text] = {
    # ---- scores
    "follows.points.sum": Text(
        "{name}: the points of {count} rows add up to {stated}", "{name}：{count} 行分值之和为 {stated}"
    ),
    "contradicts.points.sum": Text(
        "{name}: the points of {count} rows do not add up to {stated}", "{name}：{count} 行分值之和不是 {stated}"
    ),
    "contradicts.points": Text(
        "{name}: the printed points are not those of the scheme ({scheme})", "{name}：所印分值与方案（{scheme}）不符"
    ),
    "follows.weight": Text("{name}: the weight {weight} is that of the scheme", "{name}：权重 {weight} 与方案一致"),
    "contradicts.weight": Text(
        "{name}: the printed weight {weight} is not that of the scheme ({scheme})",
        "{name}：所印权重 {weight} 与方案（{scheme}）不符",
    ),
    "contradicts.outside": Text(
        "{name}: the score {score} lies outside {range}", "{name}：得分 {score} 超出 {range} 的范围"
    ),
    "follows.lost": Text("{name}: the deduction {lost} follows", "{name}：扣分 {lost} 与得分相符"),
    "contradicts.lost": Text(
        "{name}: the deduction {lost} is not full points less the score", "{name}：扣分 {lost} 不等于满分减得分"
    ),
    "follows.rules": Text(
        "{name}: the score {score} follows from the scheme's rules", "{name}：得分 {score} 可由方案的规则算出"
    ),
    "contradicts.rules": Text(
        "{name}: the scheme's rules give {computed} on the printed figures, not {score}",
        "{name}：按方案的规则和所印数字应得 {computed}，所印为 {score}",
    ),
    "follows.sum": Text("{name}: {score} follows from its parts", "{name}：{score} 可由各项得分算出"),
    "contradicts.sum": Text(
        "{name}: {score} does not follow from its parts", "{name}：所印 {score} 与各项得分算出的不符"
    ),
    "follows.unprinted": Text("{name}: printed nowhere, but follows from its parts", "{name}：没有印出，可由各项得分算出"),
    "contradicts.none": Text(
        "{name}: no score of {part} within its points gives {score}",
        "{name}：{part} 在其分值范围内取任何得分，都得不出 {score}",
    ),
    "cannot.score": Text(
        "{part} (weight {weight}): its score is printed nowhere; for {name} to be {score} it must lie in this range",
        "{part}（权重 {weight}）：没有印出得分；要使{name}为 {score}，它必须在下列范围内",
    ),
    "cannot.composite": Text(
        "{name}: {score} cannot be recomputed, as {parts} is not printed; from what is printed it may be anything in {range}",
        "{name}：所印 {score} 无法复算，因为没有印出 {parts} 的得分；只凭所印的得分，它可以是 {range} 中的任何值",
    ),
    "cannot.total": Text(
        "{name}: not printed, and {parts} not either", "{name}：没有印出，{parts} 的得分也没有印出"
    ),
    "cannot.own": Text(
        "{name}: the scheme moves it by rules of its own beside its parts, which these figures do not tell",
        "{name}：方案在各项得分之外另有规则影响它，所印数字无法说明",
    ),
    "cannot.skipped": Text(
        "{name}: {parts} not printed; it may have been left out of the score", "{name}：没有印出 {parts}；也可能是不予考核"
    ),
    # ---- grades
    "follows.grade": Text("the grade {label} is that of the total", "等级“{label}”与总分相符"),
    "contradicts.grade": Text(
        "the grade {label} is not that of the total {score}: the scheme gives {given}",
        "等级“{label}”与总分 {score} 不符：按方案应为“{given}”",
    ),
    "contradicts.grade.unknown": Text(
        "the grade {label} is none of the scheme's: {scale}", "等级“{label}”不在方案的等级之内：{scale}"
    ),
    "cannot.grade": Text("the grade {label} depends on more than the total", "等级“{label}”不只由总分决定"),
    "follows.bands": Text("the printed grade bands are those of the scheme: {scale}", "所印等级标准与方案一致：{scale}"),
    "contradicts.band": Text(
        "the band of {label} is not that of the scheme: {value} is {given} there",
        "“{label}”的分数段与方案不符：按方案 {value} 分为“{given}”",
    ),
    "contradicts.band.gap": Text(
        "the band of {label} is not that of the scheme: {value} is {given} there, and outside the printed band",
        "“{label}”的分数段与方案不符：按方案 {value} 分为“{given}”，却在所印分数段之外",
    ),
    "contradicts.band.outside": Text(
        "the band of {label} reaches {value}, and the total lies in {whole}",
        "“{label}”的分数段到 {value}，而总分在 {whole} 之内",
    ),
    "cannot.bands": Text(
        "the printed grade bands: the scheme's grades depend on more than the total",
        "所印等级标准：方案的等级不只由总分决定",
    ),
    "contradicts.band.unknown": Text("{label} is no grade of the scheme: {scale}", "“{label}”不是方案的等级：{scale}"),
    "contradicts.band.missing": Text(
        "the printed bands leave out {labels}", "所印等级标准缺少 {labels}"
    ),
    # ---- quantities
    "follows.same": Text("{name}: {value} in all {count} places", "{name}：{count} 处均为 {value}"),
    "contradicts.differs": Text(
        "{name}: printed with different values: {values}", "{name}：各处所印不同：{values}"
    ),
    "cannot.units": Text(
        "{name}: the units differ, so nothing is concluded: {units}", "{name}：单位不同，不作结论：{units}"
    ),
    "follows.equation": Text("{name}: holds ({where})", "{name}：成立（{where}）"),
    "contradicts.equation": Text("{name}: does not hold ({where})", "{name}：不成立（{where}）"),
    "follows.ratio": Text("{name}: {printed} follows", "{name}：所印 {printed} 可以算出"),
    "follows.ratio.unprinted": Text("{name}: not printed, but follows", "{name}：没有印出，可以算出"),
    "contradicts.ratio": Text(
        "{name}: {printed} is not the quotient of the printed figures", "{name}：所印 {printed} 与所印分子、分母不符"
    ),
    "cannot.figure": Text(
        "{name}: printed nowhere; {equation} needs it to be this", "{name}：没有印出；由“{equation}”只能是"
    ),
    "cannot.figures": Text(
        "{names}: printed nowhere, and {equation} does not tell one from the other",
        "{names}：没有印出，由“{equation}”也无法确定",
    ),
    "contradicts.approximate": Text(
        "{name}: printed as approximate ({text}), and used exactly", "{name}：印作约数（{text}），却按准确数使用"
    ),
    # ---- indicators
    "follows.met": Text("{name}: {actual} meets the target {target}", "{name}：完成 {actual}，达到目标 {target}"),
    "follows.missed": Text("{name}: {actual} misses the target {target}", "{name}：完成 {actual}，未达到目标 {target}"),
    "contradicts.measures.actual": Text(
        "{name}: one indicator, {count} actuals: {measures}", "{name}：一个指标有 {count} 个完成值：{measures}"
    ),
    "contradicts.measures.target": Text(
        "{name}: one indicator, {count} targets: {measures}", "{name}：一个指标有 {count} 个目标：{measures}"
    ),
    "ask.scope": Text(
        "{name}: the target is limited to “{target}”, {count} of {of} actuals to “{actual}”",
        "{name}：目标限于“{target}”，{of} 个完成值中有 {count} 个的范围为“{actual}”",
    ),
    "ask.scope.none": Text(
        "{name}: the target is limited to “{target}”, and {count} of {of} actuals say no limit",
        "{name}：目标限于“{target}”，{of} 个完成值中有 {count} 个没有写明这一范围",
    ),
    "ask.scope.more": Text(
        "{name}: the target says no limit, and {count} of {of} actuals are limited to “{actual}”",
        "{name}：目标没有写明范围，{of} 个完成值中有 {count} 个限于“{actual}”",
    ),
    "follows.count.indicators": Text("{printed} indicators {kind}", "{kind}指标 {printed} 个"),
    "contradicts.count.indicators": Text(
        "{printed} indicators {kind} are said, {least} are listed", "所印{kind}指标 {printed} 个，列出的是 {least} 个"
    ),
    "follows.count.attained": Text("{printed} indicators {kind} attained", "达到目标的{kind}指标 {printed} 个"),
    "cannot.count.attained": Text(
        "{printed} indicators {kind} attained: not contradicted, {least} are by their numbers, of {open} more no number says it",
        "达到目标的{kind}指标 {printed} 个：不矛盾，但也推不出；按数字达到的有 {least} 个，另有 {open} 个不能凭数字判断",
    ),
    "contradicts.count.attained": Text(
        "{printed} indicators {kind} are said to be attained, not so many are",
        "所印达到目标的{kind}指标 {printed} 个，与各指标的完成情况不符",
    ),
    "follows.count.beyond": Text(
        "{printed} indicators {kind} beyond their target by more than {beyond}",
        "超过目标 {beyond} 以上的{kind}指标 {printed} 个",
    ),
    "cannot.count.beyond": Text(
        "{printed} indicators {kind} beyond their target by more than {beyond}: not contradicted, {least} are, and {open} more "
        "cannot be compared",
        "超过目标 {beyond} 以上的{kind}指标 {printed} 个：不矛盾，但也推不出；按数字超过的有 {least} 个，另有 {open} 个不能比较",
    ),
    "contradicts.count.beyond": Text(
        "{printed} indicators {kind} are said to be beyond their target by more than {beyond}, {least} are",
        "所印超过目标 {beyond} 以上的{kind}指标 {printed} 个，实为 {least} 个",
    ),
    "follows.count.rows": Text("{printed} rows", "得分表 {printed} 行"),
    "contradicts.count.rows": Text("{printed} rows are said, {least} are printed", "所印 {printed} 行，列出的是 {least} 行"),
    # ---- deductions
    "contradicts.idle": Text(
        "{name}: a reason for a deduction, and no points lost", "{name}：印有扣分原因，却没有扣分"
    ),
    "cannot.no-reason": Text("{name}: {lost} lost, and no reason printed", "{name}：扣 {lost} 分，没有印出原因"),
    "cannot.no-split": Text(
        "{name}: {lost} lost for {count} reasons, and what each cost is not printed",
        "{name}：扣 {lost} 分，有 {count} 条原因，没有印出每条各扣多少",
    ),
    "follows.split": Text(
        "{name}: its {count} reasons cost what was lost, {lost}", "{name}：{count} 条原因的扣分之和为 {lost}"
    ),
    "contradicts.split": Text(
        "{name}: what its reasons cost is not what was lost, {lost}", "{name}：各条原因的扣分之和不是 {lost}"
    ),
    "cannot.no-rule": Text(
        "{name}: a deduction for “{reason}”, and no printed rule says what {number} costs",
        "{name}：以“{reason}”扣分，全文没有写明“{number}”这条规则和所扣分数",
    ),
    "ask.twice": Text(
        "{name} and {other} lost points for the same reason: “{shared}”", "{name}与{other}以同一原因扣分：“{shared}”"
    ),
    "ask.both": Text(
        "{name} and {other} both lost points for {indicator}", "{name}与{other}都因“{indicator}”扣分"
    ),
    "cannot.perhaps-both": Text(
        "{indicator} counts in {name} and in {other}: {name} lost points for it, and whether {other} did too is not printed",
        "“{indicator}”在{name}和{other}两处计分：{name}已因它扣分，{other}是否再次扣分没有印出",
    ),
    "contradicts.ground": Text(
        "{name}: full marks ({score}) rest on {ground}, which the printed figures do not give",
        "{name}：得满分 {score}，所据的{ground}按所印数字不成立",
    ),
    # ---- claims and form
    "follows.claim.no-fault": Text("“{text}”: {rows} lost nothing", "“{text}”：{rows}没有扣分"),
    "contradicts.claim.no-fault": Text("“{text}”, yet points were lost: {rows}", "称“{text}”，而下列项目有扣分：{rows}"),
    "follows.claim.fault": Text("“{text}”: points were lost: {rows}", "“{text}”：{rows}有扣分"),
    "contradicts.claim.fault": Text("“{text}”, yet nothing was lost: {rows}", "称“{text}”，而{rows}没有扣分"),
    "form.form": Text("{name}: one value in several forms: {forms}", "{name}：同一数值印法不一：{forms}"),
    "form.comparison": Text(
        "several words for the same comparison {sign} among the targets: {words}", "目标中同一比较（{sign}）用语不一：{words}"
    ),
}  # fmt: skip

REMARKS: dict[str, Text] = {
    "gap": Text("they differ by {gap}", "相差 {gap}"),
    "one-digit": Text("{a} and {b} differ by one slip of a digit", "{a} 与 {b} 只差一处数字，请查是否笔误"),
    "exchanged": Text(
        "{a} and {b} differ by two neighbouring digits that are exchanged", "{a} 与 {b} 只是相邻两位数字对调，请查是否笔误"
    ),
    "on-word": Text(
        "“{text}” ({where}) is printed as {called}; it is taken for the same quantity on the word of who typed it in: {because}",
        "“{text}”（{where}）印作“{called}”，按录入人的说明视为同一数额，理由：{because}",
    ),
    "holds-with": Text("it holds with {name} = {value} ({where})", "若{name}为 {value}（{where}），则成立"),
    "rounded": Text("within what was rounded for printing", "在印出时舍入的范围内"),
    "as-computed": Text(
        "from the rows as the scheme computes them, before they are rounded for printing", "按方案算出的各项得分（印出时舍入之前）"
    ),
    "could-round": Text(
        "it could follow if the parts had been rounded for printing; if so, say `rounded: yes` beside them",
        "若各项得分在印出时经过舍入，则有可能成立；如属此种情况，请在各项注明“印出时舍入: 是”",
    ),
    "candidates": Text(
        "with as many decimals as the printed scores: {values}", "与所印得分的小数位数相同的，有 {values}"
    ),
    "near-grade": Text("perhaps {label} is meant", "可能是“{label}”"),
    "by-words": Text(
        "no number decides it for: {names}", "不能凭数字判断的（只有文字，或单位不同）：{names}"
    ),
    "counted": Text("these are: {names}", "分别为：{names}"),
    "same-reading": Text(
        "it is so in both readings; between {low} and {high} they would differ",
        "两种读法下都成立；若在 {low} 与 {high} 之间，两种读法的结论不同",
    ),
    "other-reading": Text(
        "the two readings differ: from {low}, or only from {high}", "两种读法的结论不同：从 {low} 起，或从 {high} 起"
    ),
}  # fmt: skip

HEADS: dict[str, Text] = {
    "title": Text("Reverse audit: {report}", "反向核对：{report}"),
    "files": Text("scheme: {scheme} ({rules}); figures: {figures}", "方案：{scheme}（{rules}）；数字：{figures}"),
    "follows": Text("FOLLOWS from what is printed ({count})", "{order}、由所印数字可以推出（{count} 条）"),
    "contradicts": Text("CONTRADICTS ({count})", "{order}、相互矛盾（{count} 条）"),
    "form": Text("DIFFERENCES OF FORM, no contradiction ({count})", "{order}、印法不一，数值并不矛盾（{count} 条）"),
    "ask": Text("QUESTIONS TO ASK, no contradiction of numbers ({count})", "{order}、存疑，须查问（{count} 条）"),
    "cannot": Text("CANNOT BE REACHED from what is printed ({count})", "{order}、由所印数字无法得出（{count} 条）"),
    "none": Text("none", "无"),
    "see": Text("see", "见"),
    "note": Text("note", "说明"),
    "colon": Text(": ", "："),
    "comma": Text(", ", "、"),
    "semicolon": Text("; ", "；"),
    "at": Text("“{text}” ({where})", "“{text}”（{where}）"),
    "at.bare": Text("“{text}”", "“{text}”"),
    "of-all": Text("in all: ", "合计："),
    "comma.clause": Text(", ", "，"),
    "count.follows": Text("follows {count}", "可以推出 {count} 条"),
    "count.contradicts": Text("contradicts {count}", "相互矛盾 {count} 条"),
    "count.form": Text("differences of form {count}", "印法不一 {count} 条"),
    "count.ask": Text("questions to ask {count}", "存疑 {count} 条"),
    "count.cannot": Text("cannot be reached {count}", "无法得出 {count} 条"),
}
