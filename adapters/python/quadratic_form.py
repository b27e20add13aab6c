"""Networks as linear and quadratic programmes for the solvers that take matrices.

One variable an arc, 0 <= flow <= capacity; one row for each node but source and sink, whose net
inflow is 0. Minimised is -value(f) + weight * sum of f^2, the value being the net flow out of the
source; a maximum flow is the case of weight 0.
"""

import numpy
from scipy.sparse import csc_matrix

import flowcheck_solver


def bounded(problem, infinite):
    """The capacities and the matrix, for a solver that takes bounds from `infinite` for none."""
    upper = capacities(problem)
    if upper.max(initial=0) >= infinite:
        raise flowcheck_solver.Unsupported
    return upper, conservation(problem)


def conservation(problem):
    """The matrix of the rows, of shape (inner nodes, arcs)."""
    inner = [node for node in range(problem.nodes) if node not in (problem.source, problem.sink)]
    row_of_node = {node: row for row, node in enumerate(inner)}
    entries = [
        (row_of_node[node], arc, sign)
        for arc, (tail, head, _) in enumerate(problem.arcs)
        for node, sign in ((tail, -1.0), (head, 1.0))
        if tail != head and node in row_of_node
    ]
    rows, columns, signs = zip(*entries) if entries else ((), (), ())
    return csc_matrix((signs, (rows, columns)), shape=(len(inner), len(problem.arcs)))


def costs(problem):
    """The linear costs: -1 on an arc out of the source, 1 on an arc into it, 0 on a loop."""
    return numpy.array(
        [
            float((head == problem.source) - (tail == problem.source))
            for tail, head, _ in problem.arcs
        ]
    )


def capacities(problem):
    """The capacities, in which a loop has none."""
    return numpy.array(
        [0.0 if tail == head else float(capacity) for tail, head, capacity in problem.arcs]
    )


def answer(problem, flow):
    """The fields of an answer for a flow in doubles."""
    return {"value": float(-costs(problem) @ flow) + 0.0, "flow": flow.tolist()}
