"""HiGHS: maximum flows as linear programmes, l2 flows as quadratic ones, at default settings.

It documents feasibility tolerances of 1e-7, absolute, and takes numbers from 1e20 for infinite.
"""

import highspy
import numpy

import flowcheck_solver
from quadratic_form import answer, bounded, costs


def solve(problem):
    """The value and the flow of the programme's solution."""
    upper, matrix = bounded(problem, infinite=1e20)
    rows, columns = matrix.shape
    if columns == 0:
        return answer(problem, numpy.zeros(0))
    model = highspy.HighsModel()
    model.lp_.num_col_, model.lp_.num_row_ = columns, rows
    model.lp_.col_cost_ = costs(problem)
    model.lp_.col_lower_, model.lp_.col_upper_ = numpy.zeros(columns), upper
    model.lp_.row_lower_ = model.lp_.row_upper_ = numpy.zeros(rows)
    model.lp_.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.lp_.a_matrix_.start_ = matrix.indptr
    model.lp_.a_matrix_.index_ = matrix.indices
    model.lp_.a_matrix_.value_ = matrix.data
    if problem.weight is not None:
        # The objective is c'x + x'Qx / 2.
        model.hessian_.dim_ = columns
        model.hessian_.format_ = highspy.HessianFormat.kTriangular
        model.hessian_.start_ = numpy.arange(columns + 1)
        model.hessian_.index_ = numpy.arange(columns)
        model.hessian_.value_ = numpy.full(columns, 2 * problem.weight)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    if highs.passModel(model) == highspy.HighsStatus.kError:
        return {"status": "passModel: error"}
    highs.run()
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        return {"status": highs.modelStatusToString(status)}
    return answer(problem, numpy.array(highs.getSolution().col_value))


if __name__ == "__main__":
    flowcheck_solver.serve(
        "HiGHS",
        highspy.Highs().version(),
        solve,
        tasks=["max-flow", "l2-flow"],
        tolerance=1e-7,
    )
