"""Clarabel: maximum flows, l2 flows, and barrier flows by exponential cones, at default settings.

It documents tolerances of 1e-8, absolute and relative, on gap and residuals, and takes bounds from
1e20 for infinite.
"""

import clarabel
import numpy
from scipy.sparse import csc_matrix, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

import flowcheck_solver
from quadratic_form import answer, capacities, conservation, costs

INFINITE = 1e20


def solution(quadratic, linear, matrix, bounds, cones):
    """Minimises x'Px / 2 + q'x where b - Ax lies in the cones: the solution, or else the status."""
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solver = clarabel.DefaultSolver(
        csc_matrix(quadratic), linear, csc_matrix(matrix), bounds, cones, settings
    )
    result = solver.solve()
    if result.status != clarabel.SolverStatus.Solved:
        return None, {"status": str(result.status)}
    return numpy.array(result.x), None


def bounded(problem):
    """A maximum flow, or an l2 flow if there is a weight."""
    upper, matrix = capacities(problem), conservation(problem)
    rows, columns = matrix.shape
    identity = eye_array(columns)
    flow, failure = solution(
        2 * (problem.weight or 0) * identity,
        costs(problem),
        vstack([matrix, identity, -identity]),
        numpy.concatenate([numpy.zeros(rows), upper, numpy.zeros(columns)]),
        [clarabel.ZeroConeT(rows), clarabel.NonnegativeConeT(2 * columns)],
    )
    return failure or answer(problem, flow)


def carrying(problem):
    """The arcs that are positive in some flow or circulation.

    Those are the arcs of positive capacity inside a strong component, once an arc from the sink
    back to the source is there.
    """
    positive = [arc for arc, (_, _, capacity) in enumerate(problem.arcs) if capacity > 0]
    tails = [problem.arcs[arc][0] for arc in positive]
    heads = [problem.arcs[arc][1] for arc in positive]
    shape = (problem.nodes, problem.nodes)

    def components(tails, heads):
        graph = csc_matrix((numpy.ones(len(tails)), (tails, heads)), shape=shape)
        return connected_components(graph, connection="strong")[1]

    component = components([*tails, problem.sink], [*heads, problem.source])
    if component[problem.source] != component[problem.sink]:
        component = components(tails, heads)
    return [arc for arc in positive if len({component[n] for n in problem.arcs[arc][:2]}) == 1]


def barrier(problem):
    """A barrier flow: variables f, p <= log f and q <= log(u - f) for each arc that can carry."""
    arcs = carrying(problem)
    flow = numpy.zeros(len(problem.arcs))
    if not arcs:
        return answer(problem, flow)
    matrix = conservation(problem)[:, arcs]
    rows, columns = matrix.shape
    # Rows for an arc: (p, 1, f) and (q, 1, u - f) in the cone of y exp(x / y) <= z.
    units = eye_array(columns).tocsr()
    blank = csc_matrix((1, columns))
    blocks, bounds = [hstack([matrix, csc_matrix((rows, 2 * columns))])], [numpy.zeros(rows)]
    for column, arc in enumerate(arcs):
        unit = units[[column], :]
        blocks += [
            hstack([blank, -unit, blank]),
            csc_matrix((1, 3 * columns)),
            hstack([-unit, blank, blank]),
            hstack([blank, blank, -unit]),
            csc_matrix((1, 3 * columns)),
            hstack([unit, blank, blank]),
        ]
        bounds.append([0.0, 1.0, 0.0, 0.0, 1.0, float(problem.arcs[arc][2])])
    inner, failure = solution(
        csc_matrix((3 * columns, 3 * columns)),
        numpy.concatenate([costs(problem)[arcs], numpy.full(2 * columns, -problem.weight)]),
        vstack(blocks),
        numpy.concatenate(bounds),
        [clarabel.ZeroConeT(rows)] + [clarabel.ExponentialConeT()] * (2 * columns),
    )
    if failure:
        return failure
    flow[arcs] = inner[:columns]
    return answer(problem, flow)


def solve(problem):
    """The value and the flow of the programme's solution."""
    if max((capacity for _, _, capacity in problem.arcs), default=0) >= INFINITE:
        raise flowcheck_solver.Unsupported
    if not problem.arcs:
        return answer(problem, numpy.zeros(0))
    return barrier(problem) if problem.task == "barrier-flow" else bounded(problem)


if __name__ == "__main__":
    flowcheck_solver.serve(
        "Clarabel",
        clarabel.__version__,
        solve,
        tasks=["max-flow", "l2-flow", "barrier-flow"],
        tolerance=1e-8,
    )
