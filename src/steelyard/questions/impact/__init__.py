"""Two rule files on the same data: who moves, and which changed statement moved them by how much."""
