"""The core: fifteen statements and eleven expressions.

A part of the scheme is an `Account`. Its body stands in the order of application (`lower` puts it there): lets, skips,
inner accounts, late lets, opening, scores, clamp, deductions, clamp, awards, clamp, vetoes and limits, rounding. So an
evaluator runs a body from top to bottom and never sorts. Amounts are never signed by hand: a `Move` says its role.
"""

from steelyard.core.nodes.expressions import *
from steelyard.core.nodes.program import *
from steelyard.core.nodes.statements import *
