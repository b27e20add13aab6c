# Clarabel 0.11.1: calls the minimum of f^2 / 128 - f for 0 <= f <= 590258571 unbounded. It is at f = 64.
import clarabel
import numpy
from scipy.sparse import csc_matrix

settings = clarabel.DefaultSettings()
settings.verbose = False
rows, bounds = csc_matrix([[1.0], [-1.0]]), numpy.array([590258571.0, 0.0])
cones = [clarabel.NonnegativeConeT(2)]
quadratic, linear = csc_matrix([[1 / 64]]), numpy.array([-1.0])
solver = clarabel.DefaultSolver(quadratic, linear, rows, bounds, cones, settings)
result = solver.solve()
print(result.status, result.x)
assert result.status != clarabel.SolverStatus.Solved, "this is repaired"
