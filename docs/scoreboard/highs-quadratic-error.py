# HiGHS 1.15.1: a convex quadratic programme with four variables and a feasible interior ends with a "Solve
# error": minimise (sum x^2) / 4 - x2 - x3 with x0 + x1 = x2 + x3 and 0 <= x <= (1, 1e-4, 1, 2).
import highspy
import numpy

highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
x = [highs.addVariable(0, upper, cost) for upper, cost in ((1, 0), (1e-4, 0), (1, -1), (2, -1))]
highs.addConstr(x[0] + x[1] - x[2] - x[3] == 0)
index = numpy.arange(4, dtype=numpy.int32)
highs.passHessian(4, 4, highspy.HessianFormat.kTriangular, numpy.append(index, 4), index, numpy.full(4, 0.5))
highs.run()
print(highs.modelStatusToString(highs.getModelStatus()))
assert highs.getModelStatus() != highspy.HighsModelStatus.kOptimal, "this is repaired"
