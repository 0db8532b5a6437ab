"""What each figure should reach; a figure is printed beside its goal."""

GOALS = {
    "first": 90.0, "three": 97.0, "share": 65.0, "right": 97.0, "own": 98.0, "answer": 98.0, "screen": 97.0,
    "line": 99.5, "near": 8.0, "out": 2.0,
}  # fmt: skip
AT_MOST = ("near", "out")


def is_missed(what: str, figure: float, goal: float) -> bool:
    """Whether a figure is on the wrong side of its goal."""
    return figure > goal if what in AT_MOST else figure < goal
