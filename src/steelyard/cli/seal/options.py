"""Options that several commands of a seal have."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.cli.commands import OneOf, option

PATH = click.Path(path_type=Path)

hash_option = option(
    "--hash",
    "hash_name",
    type=OneOf(["sha256", "sm3"]),
    default="sha256",
    words=("The hash function: SHA-256 or SM3.", "杂凑算法：sha256 或国密 sm3。"),
)
head_option = option(
    "--head", type=PATH, required=True, words=("The head that the batch was sealed with.", "该批的封存摘要文件。")
)
secret_option = option(
    "--secret",
    type=PATH,
    words=("The issuer's secret, where fields can be hidden.", "签发人的秘密文件（内容可以遮盖时要用）。"),
)
redact_option = option(
    "--redact",
    multiple=True,
    words=(
        "Hide this field: an input by its name, or :people, :reasons, :record. May be repeated.",
        "遮盖这项内容：输入名称，或 :人员、:理由、:对象。可以重复。",
    ),
)
signature_option = option(
    "--signature",
    type=PATH,
    words=("The signature; FILE.sig unless said.", "签名文件；不写时为“文件名.sig”。"),
)
