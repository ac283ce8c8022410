"""The tree of a rule file. Each class opens with the surface syntax it stands for.

Equality ignores spans and keys: two files that say the same are equal. Side tables therefore use `node.key`.
"""

from steelyard.syntax.nodes.base import *
from steelyard.syntax.nodes.clauses import *
from steelyard.syntax.nodes.expressions import *
from steelyard.syntax.nodes.files import *
from steelyard.syntax.nodes.parts import *
from steelyard.syntax.nodes.statements import *
