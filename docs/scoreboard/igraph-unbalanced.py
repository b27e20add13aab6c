# python-igraph 1.0.0: 7e-8 leaves node 1, but 6.999999868639861e-08 enters it.
import igraph

graph = igraph.Graph(n=3, edges=[(0, 1), (1, 2)], directed=True)
result = graph.maxflow(0, 2, capacity=[30, 7e-8])
print(f"value {result.value}, flow {result.flow}")
into, out = result.flow
assert abs(into - out) > 1e-9 * result.value, "node 1 is balanced: this is repaired"
