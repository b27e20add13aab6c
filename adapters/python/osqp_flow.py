"""OSQP: l2 flows, at default settings.

It documents tolerances of 1e-3, absolute and relative, on the residuals of the solution, and takes
bounds from 1e30 for infinite.
"""

import numpy
import osqp
from scipy.sparse import csc_matrix, eye_array, vstack

import flowcheck_solver
from quadratic_form import answer, bounded, costs


def solve(problem):
    """The value and the flow of the programme's solution."""
    upper, matrix = bounded(problem, infinite=1e30)
    rows, columns = matrix.shape
    if columns == 0:
        return answer(problem, numpy.zeros(0))
    # Minimises x'Px / 2 + q'x with l <= Ax <= u.
    solver = osqp.OSQP()
    solver.setup(
        csc_matrix(2 * problem.weight * eye_array(columns)),
        costs(problem),
        csc_matrix(vstack([matrix, eye_array(columns)])),
        numpy.zeros(rows + columns),
        numpy.concatenate([numpy.zeros(rows), upper]),
        verbose=False,
    )
    result = solver.solve(raise_error=False)
    if result.info.status_val != osqp.SolverStatus.OSQP_SOLVED:
        return {"status": result.info.status}
    return answer(problem, result.x)


if __name__ == "__main__":
    flowcheck_solver.serve("OSQP", osqp.__version__, solve, tasks=["l2-flow"], tolerance=1e-3)
