# OSQP 1.1.3: minimises -f + f^2 for 0 <= f <= 1/2, which is at 1/2, on the bound and stationary.
import osqp
import numpy
from scipy.sparse import csc_matrix

solver = osqp.OSQP()
one = csc_matrix([[1.0]])
solver.setup(2 * one, numpy.array([-1.0]), one, numpy.array([0.0]), numpy.array([0.5]), verbose=False)
result = solver.solve()
print(result.info.status, result.x)
assert abs(result.x[0] - 0.5) > 0.0005, "this is repaired"
