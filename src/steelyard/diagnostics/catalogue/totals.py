"""Points, weights, bounds and what parts are made of."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "W101",
        Text("weights do not add up", "权重合计不是 100%"),
        Text(
            "the weights of {count} parts add up to {sum}: {difference} {direction}",
            "{count} 个部分的权重合计 {sum}，{direction} {difference}",
        ),
        Text("change the weights so that they add up to 100%", "请调整权重，使合计为 100%"),
    ),
    error(
        "W102",
        Text("points do not add up", "分值合计不符"),
        Text(
            "{kind} `{part}` has {stated} points, its parts have {sum}: {difference} {direction}",
            "{kind} `{part}` 为 {stated} 分，其下合计 {sum} 分，{direction} {difference} 分",
        ),
        Text("change one of them; both must agree", "请修改其中之一，使两者一致"),
    ),
    error(
        "W103",
        Text("shares of two kinds", "分值与权重混用"),
        Text(
            "parts of one level all have points, or weights in %, or weights without %",
            "同一级的部分要么都用分值，要么都用百分比权重，要么都用系数",
        ),
        Text("write all of them in the same way", "请统一写法"),
    ),
    error(
        "W104",
        Text("share missing", "缺少分值"),
        Text("{kind} `{part}` has neither points nor a weight", "{kind} `{part}` 没有写分值或权重"),
        Text(
            "write them after a comma: `, 5 points` or `, weight 40%`",
            "请在逗号后写明：`，5 分` 或 `，权重 40%`",
        ),
    ),
    error(
        "W111",
        Text("judged and computed", "既评审又计算"),
        Text(
            "reviewers score this part, so it cannot add up scores too",
            "这一部分由评审打分，不能同时累加得分",
        ),
        Text("keep one of them, or make two criteria", "请只保留一种，或拆成两个评分项"),
    ),
    error(
        "W112",
        Text("judged twice", "重复评审"),
        Text("the part is judged twice", "这一部分写了两次评审打分"),
        Text("keep one of them", "请只保留一个"),
    ),
    error(
        "W113",
        Text("share that is not fixed", "分值不固定"),
        Text("`{text}` must be a number written out", "`{text}` 必须是写明的数字"),
        Text("write the number itself", "请直接写出数字"),
    ),
    error(
        "W114",
        Text("share not positive", "分值不是正数"),
        Text("points and weights must be more than 0, and this is `{text}`", "分值或权重必须大于 0，这里是 `{text}`"),
        Text("write a positive number", "请写正数"),
    ),
    error(
        "W115",
        Text("points finer than the rounding", "分值比取整更细"),
        Text(
            "{points} points cannot be written with {places} decimal places",
            "{points} 分无法用 {places} 位小数写出",
        ),
        Text("round to more places, or change the points", "请增加保留的小数位数，或修改分值"),
    ),
    error(
        "W120",
        Text("award without a base", "加分没有起点"),
        Text("the part starts from full points, so an award can add nothing", "这一部分从满分起，加分不起作用"),
        Text(
            "use `score` to add up from 0, or `deduct` for what is missing",
            "请用 `得` 从 0 累加，或用 `扣` 扣除缺少的部分",
        ),
    ),
    error(
        "W121",
        Text("judged inside a loop", "循环里评审打分"),
        Text("reviewers score a part as a whole, not each row", "评审对整个部分打分，不对每一行打分"),
        Text("move `judged` out of the loop", "请把评审打分移到循环之外"),
    ),
    error(
        "W122",
        Text("points as a percentage", "分值写成百分比"),
        Text(
            "`{text}` points: points are numbers, weights are percentages",
            "`{text}` 分：分值是数字，权重才是百分比",
        ),
        Text("write the points as a number, or `weight {text}`", "请写成数字，或写 `权重 {text}`"),
    ),
    error(
        "W125",
        Text("parts that do not count", "下级不起作用"),
        Text(
            "this score replaces the sum of the parts inside, so they would count for nothing",
            "这里的得分会取代下级各部分之和，使它们不起作用",
        ),
        Text("put it into a part of its own beside them", "请把它写成并列的另一个部分"),
    ),
    error(
        "W127",
        Text("too many places", "小数位数过多"),
        Text("{places} decimal places are more than {limit}", "{places} 位小数超过上限 {limit}"),
        Text("round to fewer places", "请减少保留的位数"),
    ),
    error(
        "W129",
        Text("two starting points", "两个起点"),
        Text(
            "the part starts from its scores, its parts or its reviewers already, or from another `start at`",
            "这一部分已由得分、下级各部分、评审或另一个起评分决定起点",
        ),
        Text("keep one of them", "请只保留一种"),
    ),
    error(
        "W130",
        Text("group of two kinds", "组内规则种类不一"),
        Text(
            "a group holds one kind of move: deductions, awards or scores",
            "一组里只能是同一种规则：都扣分、都加分或都得分",
        ),
        Text("make two groups", "请分成两组"),
    ),
    error(
        "W132",
        Text("against the direction of the part", "与加分项、减分项的方向相反"),
        Text(
            "a bonus part only rises and a penalty part only sinks: this does not belong in {kind} `{part}`",
            "加分项只加分，减分项只扣分：这里不能写在{kind} `{part}` 里",
        ),
        Text("move it to a criterion, or to a part of the other kind", "请移到评分项，或移到另一种部分"),
    ),
    error(
        "W139",
        Text("nothing was taken", "没有扣分可恢复"),
        Text("`{name}` deducts nothing, so nothing of it can be restored", "`{name}` 不是扣分，无从恢复"),
        Text("name a deduction or a group of deductions", "请写扣分规则或一组扣分规则的名称"),
    ),
    error(
        "W150",
        Text("floor above the top", "最低高于最高"),
        Text("at least {least} is more than the {full} that can be reached", "最低 {least} 分，高于可得的 {full} 分"),
        Text("write a smaller number", "请改小"),
    ),
    error(
        "W151",
        Text("top below full points", "最高低于满分"),
        Text("the part has {full} points and may reach only {reach}", "这一部分满分 {full} 分，却写最高 {reach} 分"),
        Text(
            "change the points; what holds the score down in some cases is `limit to {reach} if …`",
            "请修改分值；某种情形下封顶请写 `…的，本项不超过 {reach} 分`",
        ),
    ),
    error(
        "W152",
        Text("bounds that contradict", "上下限矛盾"),
        Text("this bound is said already, or contradicts one that is", "这一界限已经写过，或与写过的矛盾"),
        Text("keep one of them", "请只保留一个"),
    ),
    error(
        "W153",
        Text("bonus or penalty without a limit", "加分项、减分项没有上限"),
        Text("{kind} `{part}` does not say how much it can come to", "{kind} `{part}` 没有写最多多少分"),
        Text("", ""),
    ),
    error(
        "W154",
        Text("share outside the shares", "加分项、减分项不占分值"),
        Text(
            "{kind} `{part}` stands outside the shares: it has no points and no weight",
            "{kind} `{part}` 不占分值，也没有权重",
        ),
        Text("say what it can come to: `up to 5 points`", "请写最多多少分，例如 `最高 5 分`"),
    ),
    error(
        "W155",
        Text("skip in a loop or group", "循环或组内不考核"),
        Text(
            "`or skip` takes the whole part out, and this rule is one of several rows or of a group",
            "“不考核”去掉的是整个部分，而这条规则是逐行的，或是一组中的一条",
        ),
        Text(
            "answer with an amount, as in `or 0 if undefined`; or make a part of each row",
            "请写明按几分计，例如 `无法计算时按 0 分计`；或为每一行设一个评分项",
        ),
    ),
    error(
        "W156",
        Text("nothing to give the share to", "总分没有去处"),
        Text("a total that is not issued gives nothing to anything", "总分不予评价，没有分值可转给别处"),
        Text("remove what stands behind the comma", "请删去逗号后的内容"),
    ),
    error(
        "W158",
        Text("extremes of one reviewer", "一人评审去极值"),
        Text(
            "extremes can be dropped only where several reviewers are put together",
            "几名评审取平均或中位数时，才能去掉最高分和最低分",
        ),
        Text("add `average of reviewers`", "请写上 `取平均`"),
    ),
    error(
        "W159",
        Text("score that cannot be given", "不能给的分数"),
        Text("`{text}` does not lie between 0 and {full}", "`{text}` 不在 0 与 {full} 之间"),
        Text("write scores within the points of the part", "请写分值以内的分数"),
    ),
    error(
        "W160",
        Text("levels beside single scores", "档次与取值并用"),
        Text("reviewers choose a level or one of some scores, not both", "评审按档次打分或在几个取值中选择，不能并用"),
        Text("keep one of them", "请只保留一种"),
    ),
    error(
        "W161",
        Text("belongs to the part", "应写在部分里"),
        Text("this acts on the part as a whole, and stands in a loop or group", "这一条针对整个部分，却写在循环或组里"),
        Text("move it out", "请移到外面"),
    ),
    error(
        "W162",
        Text("does not belong in a group", "不能写在组里"),
        Text(
            "a group holds deductions, awards or scores, with lets and loops of them",
            "一组里只能写扣分、加分或得分，以及 `设` 和它们的循环",
        ),
        Text("move it out of the group", "请移到组外"),
    ),
    error(
        "W164",
        Text("start for only some", "起评分不完整"),
        Text("the condition does not say what the part starts from otherwise", "没有写明不符合条件的从几分起评"),
        Text("add `, otherwise 100`", "请补上 `，其余 100 分`"),
    ),
    error(
        "W165",
        Text("more than was taken", "恢复超过所扣"),
        Text("{text} of a deduction is more than it took", "恢复 {text} 超过了所扣的分"),
        Text("write at most 100%", "请写 100% 以内"),
    ),
)
