"""Which cells of linked tables stay hidden, so that no small one can be computed back.

The tables of a month are one stream of people: from the whole into weeks, from each week into its topics, from each
topic into its languages, from the languages through the doors back into the whole. Every total is a cell of that
stream too, and everything that can be added and subtracted is the law that what flows into a knot flows out of it.
So a hidden cell is safe when `least` more people could flow through it, in a ring of hidden cells only, with no
other hidden cell falling below nothing. Where there is no such ring, the cheapest one is hidden (the network-flow
heuristic of disclosure control); an optimum by integer programming hides about a fifth fewer people and needs a
solver. The tests attack the result with one.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Hashable
from dataclasses import dataclass

Knot = Hashable
NEVER = float("inf")


@dataclass
class Cell:
    """A cell of the stream, from one knot to another; `cost` is what hiding it would cost, `inf` for a shown one."""

    name: str
    start: Knot
    end: Knot
    people: int
    cost: float
    is_hidden: bool


@dataclass(frozen=True)
class _Step:
    """Along a cell one way: more people (without an end), or fewer (as many as there are)."""

    cell: int
    to: Knot
    room: float


def protect(cells: list[Cell], least: int) -> None:
    """Hide what must be hidden besides the small cells, which are hidden already."""
    steps = _steps(cells)
    safe: set[int] = set()
    while unsafe := _unsafe(cells, steps, least, safe):
        for one in unsafe:
            ring = _flow(cells, steps, one, least)
            if ring is None:
                _hide_all(cells)
                return
            safe.add(one)
            fresh = [place for place in ring if not cells[place].is_hidden]
            for place in fresh:
                cells[place].is_hidden = True
            if fresh:
                break  # what is hidden now may make the others safe as well


def _hide_all(cells: list[Cell]) -> None:
    for cell in cells:
        cell.is_hidden = cell.is_hidden or cell.cost < NEVER


def _steps(cells: list[Cell]) -> dict[Knot, list[_Step]]:
    steps: dict[Knot, list[_Step]] = defaultdict(list)
    for place, cell in enumerate(cells):
        steps[cell.start].append(_Step(place, cell.end, NEVER))
        if cell.people:
            steps[cell.end].append(_Step(place, cell.start, cell.people))
    return steps


def _unsafe(cells: list[Cell], steps: dict[Knot, list[_Step]], least: int, safe: set[int]) -> list[int]:
    """Hidden cells that no ring of hidden ones with room enough goes through; the smallest first."""
    group = _groups(cells, steps, least)
    return sorted(
        (
            place
            for place, cell in enumerate(cells)
            if cell.is_hidden and place not in safe and (cell.people >= least or group[cell.start] != group[cell.end])
            and not (cell.people >= least and _has_way(cells, steps, place))
        ),
        key=lambda place: (cells[place].people, cells[place].name),
    )  # fmt: skip


def _groups(cells: list[Cell], steps: dict[Knot, list[_Step]], least: int) -> dict[Knot, int]:
    """Knots that reach each other through hidden cells with room for `least` have one number (Tarjan, unrolled)."""
    found: dict[Knot, int] = {}
    index: dict[Knot, int] = {}
    low: dict[Knot, int] = {}
    stack: list[Knot] = []
    for root in list(steps):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(steps[root]))]
        while work:
            knot, rest = work[-1]
            for step in rest:
                if step.room < least or not cells[step.cell].is_hidden:
                    continue
                if step.to not in index:
                    index[step.to] = low[step.to] = len(index)
                    stack.append(step.to)
                    work.append((step.to, iter(steps[step.to])))
                    break
                if step.to not in found:
                    low[knot] = min(low[knot], index[step.to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[knot])
                if low[knot] == index[knot]:
                    while True:
                        member = stack.pop()
                        found[member] = index[knot]
                        if member == knot:
                            break
    return found


def _has_way(cells: list[Cell], steps: dict[Knot, list[_Step]], place: int) -> bool:
    """Whether a ring of hidden cells goes through this one at all: enough for a cell that is not small."""
    goal, start = cells[place].start, cells[place].end
    seen, heap = {start}, [start]
    while heap:
        knot = heap.pop()
        if knot == goal:
            return True
        for step in steps[knot]:
            if step.cell != place and cells[step.cell].is_hidden and step.to not in seen:
                seen.add(step.to)
                heap.append(step.to)
    return False


def _flow(cells: list[Cell], steps: dict[Knot, list[_Step]], place: int, least: int) -> set[int] | None:
    """The cells of the cheapest rings that bring `least` more people through a cell; None where there are none."""
    used: dict[tuple[int, Knot], float] = defaultdict(float)
    through: set[int] = set()
    missing: float = least if cells[place].people < least else 1
    while missing > 0:
        way = _hidden_way(cells, steps, place, used) or _cheapest(cells, steps, place, used, through)
        if way is None:
            return None
        room = min([missing, *(step.room - used[step.cell, step.to] for step in way)])
        for step in way:
            used[step.cell, step.to] += room
            through.add(step.cell)
        missing -= room
    return through


def _hidden_way(
    cells: list[Cell], steps: dict[Knot, list[_Step]], place: int, used: dict[tuple[int, Knot], float]
) -> list[_Step] | None:
    """The shortest way back to a cell's start through hidden cells that still have room."""
    goal, knots = cells[place].start, deque([cells[place].end])
    came: dict[Knot, tuple[Knot, _Step] | None] = {cells[place].end: None}
    while knots:
        knot = knots.popleft()
        if knot == goal:
            way = []
            while before := came[knot]:
                knot = before[0]
                way.append(before[1])
            return way[::-1]
        for step in steps[knot]:
            if step.to in came or not cells[step.cell].is_hidden or step.cell == place:
                continue
            if used[step.cell, step.to] < step.room:
                came[step.to] = knot, step
                knots.append(step.to)
    return None


def _cheapest(
    cells: list[Cell],
    steps: dict[Knot, list[_Step]],
    place: int,
    used: dict[tuple[int, Knot], float],
    through: set[int],
) -> list[_Step] | None:
    """The cheapest way from a cell's end back to its start (Dijkstra); cells already hidden cost next to nothing."""
    start, goal = cells[place].end, cells[place].start
    cheapest: dict[Knot, float] = {start: 0}
    came: dict[Knot, tuple[Knot, _Step]] = {}
    heap: list[tuple[float, int, Knot]] = [(0, 0, start)]
    order = 0
    while heap:
        cost, _, knot = heapq.heappop(heap)
        if knot == goal:
            way = []
            while knot != start:
                knot, step = came[knot]
                way.append(step)
            return way[::-1]
        if cost > cheapest[knot]:
            continue
        for step in steps[knot]:
            cell = cells[step.cell]
            price = 0.001 if cell.is_hidden or step.cell in through else cell.cost
            if step.cell == place or price == NEVER or used[step.cell, step.to] >= step.room:
                continue
            whole = cost + price
            if whole < cheapest.get(step.to, NEVER):
                order += 1
                cheapest[step.to] = whole
                came[step.to] = knot, step
                heapq.heappush(heap, (whole, order, step.to))
    return None
