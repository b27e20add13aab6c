# SciPy 1.17.1: an arc of capacity 2^32 + 5 carries 5. The documentation asks for integers and for no
# type; int64 arrays are cast to int32 without a word.
import numpy
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

graph = csr_array(numpy.array([[0, 2**32 + 5], [0, 0]]))
value = maximum_flow(graph, 0, 1).flow_value
print(f"maximum flow {value} of {2**32 + 5}")
assert value == 5, "this is repaired"
