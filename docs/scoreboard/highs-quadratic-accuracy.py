# HiGHS 1.15.1: minimises x^2 / 4 + y^2 / 4 - x for 0 <= x = y <= 1, which is at x = y = 1, and stops short of
# it by 2e-7, twice its tolerance: it adds 1e-7 to the Hessian (its option qp_regularization_value).
import highspy
import numpy

highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
x, y = highs.addVariable(0, 1, -1), highs.addVariable(0, 1, 0)
highs.addConstr(x - y == 0)
index = numpy.arange(2, dtype=numpy.int32)
highs.passHessian(2, 2, highspy.HessianFormat.kTriangular, numpy.append(index, 2), index, numpy.full(2, 0.5))
highs.run()
print(highs.modelStatusToString(highs.getModelStatus()), list(highs.getSolution().col_value))
assert highs.getSolution().col_value[0] < 1 - 1e-7, "this is repaired"
