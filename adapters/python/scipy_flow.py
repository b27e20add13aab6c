"""SciPy: scipy_flow.py METHOD [NUMBERS], `scipy.sparse.csgraph.maximum_flow`.

METHOD is dinic or edmonds_karp. NUMBERS is int32 (the default), the type that SciPy computes in, or
int64: its documentation asks for "an integer", takes int64 arrays, and names no limit.

The flow comes as an antisymmetric matrix: what goes from i to j is there a second time, negative,
from j to i. The flow on an arc is the positive part of its entry.
"""

import sys

import numpy
import scipy
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

import flowcheck_solver
from simple_graph import flow_of_arcs, simple_graph

METHODS = ("dinic", "edmonds_karp")
NUMBERS = {"int32": numpy.int32, "int64": numpy.int64}


def solve(problem, method, numbers="int32"):
    """The value and a maximum flow."""
    nodes, links_of_arcs = simple_graph(problem)
    links = [link for links in links_of_arcs for link in links]
    tails = numpy.array([tail for tail, _, _ in links], dtype=numpy.int32)
    heads = numpy.array([head for _, head, _ in links], dtype=numpy.int32)
    capacities = numpy.array([capacity for _, _, capacity in links], dtype=NUMBERS[numbers])
    graph = csr_array((capacities, (tails, heads)), shape=(nodes, nodes))
    result = maximum_flow(graph, problem.source, problem.sink, method=method)
    entries = result.flow.tocoo()
    flow = dict(zip(zip(entries.row.tolist(), entries.col.tolist()), entries.data.tolist()))
    return {
        "value": int(result.flow_value),
        "flow": flow_of_arcs(links_of_arcs, lambda tail, head: max(0, flow.get((tail, head), 0))),
    }


if __name__ == "__main__":
    method, numbers = flowcheck_solver.choices(sys.argv, METHODS, NUMBERS)
    flowcheck_solver.serve(
        f"SciPy {method} {numbers}",
        scipy.__version__,
        lambda problem: solve(problem, method, numbers),
        numbers=numbers,
        tolerance=0,
    )
