"""Lets and parts in the order in which they read each other."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.source import RulePath


def in_order(reads: Mapping[RulePath, set[RulePath]]) -> tuple[list[RulePath], list[RulePath]]:
    """Every path after those it reads; and of every circle the path that closes it, the last in the file.

    A loop with its own stack: a chain of 10,000 lets is as shallow as one.
    """
    number = {path: index for index, path in enumerate(reads)}
    done: dict[RulePath, bool] = {}
    """False while a let is being followed, True when it is placed."""
    ordered: list[RulePath] = []
    closing: list[RulePath] = []
    for start in reads:
        if start in done:
            continue
        done[start] = False
        stack = [(start, iter(sorted(reads[start], key=lambda p: number.get(p, 0))))]
        while stack:
            path, following = stack[-1]
            step = next(following, None)
            if step is None:
                done[path] = True
                ordered.append(path)
                stack.pop()
            elif done.get(step) is False:
                circle = [p for p, _ in stack][[p for p, _ in stack].index(step) :]
                closing.append(max(circle, key=lambda p: number[p]))
            elif step not in done and step in reads:
                done[step] = False
                stack.append((step, iter(sorted(reads[step], key=lambda p: number.get(p, 0)))))
    return ordered, closing
