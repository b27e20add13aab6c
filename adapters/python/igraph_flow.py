"""python-igraph: igraph_flow.py [NUMBERS], `Graph.maxflow` on directed multigraphs.

It computes in doubles and documents no accuracy: it is held to 1e-9 on doubles, the default, and to
exact answers on int32 capacities, of which a double holds every sum.
"""

import sys

import igraph

import flowcheck_solver


def solve(problem):
    """The value, a maximum flow, and the source side of a minimum cut."""
    graph = igraph.Graph(
        n=problem.nodes, edges=[(tail, head) for tail, head, _ in problem.arcs], directed=True
    )
    capacities = [capacity for _, _, capacity in problem.arcs]
    result = graph.maxflow(problem.source, problem.sink, capacity=capacities)
    return {"value": result.value, "flow": result.flow, "cut": sorted(result.partition[0])}


if __name__ == "__main__":
    (numbers,) = flowcheck_solver.choices(sys.argv, ("double", "int32"))
    flowcheck_solver.serve(
        f"igraph maxflow {numbers}",
        igraph.__version__,
        solve,
        numbers=numbers,
        tolerance=1e-9 if numbers == "double" else 0,
        returns=["value", "flow", "cut"],
    )
