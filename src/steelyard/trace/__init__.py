"""The trace: what was considered, in what order, with which values, to what effect."""
