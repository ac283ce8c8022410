"""Seals: receipts, signatures, hidden fields."""

from __future__ import annotations

from steelyard.diagnostics.catalogue.entry import Entry, Text, error

ENTRIES: tuple[Entry, ...] = (
    error(
        "C130",
        Text("not a file of a seal", "不是封存用的文件"),
        Text("`{file}` is not {kind} that can be read ({problem})", "`{file}` 不是可以读取的{kind}（{problem}）"),
        Text("give the file as `{way}` wrote it", "请使用 `{way}` 写出的原文件"),
    ),
    error(
        "C131",
        Text("key cannot be used", "密钥不可用"),
        Text("the key in `{file}` cannot be used: {problem}", "`{file}` 中的密钥不可用：{problem}"),
        Text("`steelyard seal keygen NAME` makes a pair of keys", "`steelyard seal keygen 名称` 可生成一对密钥"),
    ),
    error(
        "C132",
        Text("not in the cryptographic library", "密码库不支持"),
        Text("the cryptographic library installed here has no {name}", "本机安装的密码库不支持 {name}"),
        Text(
            "install the package `cryptography` from its own wheel, or seal with --hash sha256",
            "请安装 `cryptography` 官方软件包，或改用 --hash sha256",
        ),
    ),
    error(
        "C133",
        Text("field cannot be hidden", "内容无法遮盖"),
        Text("`{name}` cannot be hidden here: {problem}", "`{name}` 在这里无法遮盖：{problem}"),
        Text(
            "only fields named by `seal head --redactable` can be hidden later: inputs by name, :people, :reasons, :record",
            "只有封存时用 --redactable 指明的内容才能遮盖：输入名称、:人员、:理由、:对象",
        ),
    ),
    error(
        "C134",
        Text("file is there already", "文件已存在"),
        Text("`{file}` is there already, and keys are never overwritten", "`{file}` 已存在，密钥文件不会被覆盖"),
        Text("choose another name, or move the old file away", "请另取名称，或移走原文件"),
    ),
    error(
        "C135",
        Text("secret needed", "缺少秘密文件"),
        Text("fields that can be hidden need the issuer's secret", "要使内容可以遮盖，需要签发人的秘密文件"),
        Text(
            "give --secret FILE; `steelyard seal secret FILE` makes one",
            "请用 --secret 指明文件；`steelyard seal secret 文件` 可生成",
        ),
    ),
    error(
        "C136",
        Text("record more than once", "对象不止一个"),
        Text(
            "the record `{record}` stands at places {numbers} of `{file}`",
            "对象 `{record}` 在 `{file}` 中是第 {numbers} 个",
        ),
        Text("name its place with --number", "请用 --number 指明第几个"),
    ),
)
