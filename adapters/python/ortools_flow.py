"""OR-tools: `SimpleMaxFlow`, a push-relabel method on int64 capacities.

A node is known to it only by its arcs, so a loop of capacity 0 makes the last node known. It has a
status POSSIBLE_OVERFLOW for networks whose sums of capacities may leave int64: it does not
solve them, and says so.
"""

import ortools
from ortools.graph.python.max_flow import SimpleMaxFlow

import flowcheck_solver


def solve(problem):
    """The value, a maximum flow, and the source side of a minimum cut."""
    network = SimpleMaxFlow()
    arcs = [network.add_arc_with_capacity(*arc) for arc in problem.arcs]
    network.add_arc_with_capacity(problem.nodes - 1, problem.nodes - 1, 0)
    status = network.solve(problem.source, problem.sink)
    if status == SimpleMaxFlow.POSSIBLE_OVERFLOW:
        raise flowcheck_solver.Unsupported
    if status != SimpleMaxFlow.OPTIMAL:
        raise RuntimeError(f"SimpleMaxFlow.solve: {status}")
    return {
        "value": network.optimal_flow(),
        "flow": [network.flow(arc) for arc in arcs],
        "cut": sorted(network.get_source_side_min_cut()),
    }


if __name__ == "__main__":
    flowcheck_solver.serve(
        "OR-tools SimpleMaxFlow",
        ortools.__version__,
        solve,
        numbers="int64",
        tolerance=0,
        returns=["value", "flow", "cut"],
    )
