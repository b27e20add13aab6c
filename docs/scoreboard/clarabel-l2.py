# Clarabel 0.11.1: minimises -f + f^2 for 0 <= f <= 1/2: the optimum is 1/2, on the bound and stationary. Its
# tolerance of 1e-8 is one on the objective, and the flow is off by the root of that.
import clarabel
import numpy
from scipy.sparse import csc_matrix

settings = clarabel.DefaultSettings()
settings.verbose = False
rows, bounds = csc_matrix([[1.0], [-1.0]]), numpy.array([0.5, 0.0])
cones = [clarabel.NonnegativeConeT(2)]
solver = clarabel.DefaultSolver(csc_matrix([[2.0]]), numpy.array([-1.0]), rows, bounds, cones, settings)
result = solver.solve()
print(result.status, result.x)
assert abs(result.x[0] - 0.5) > 1e-8, "this is repaired"
