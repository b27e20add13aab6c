# networkx 3.6.1: 0.02 can flow, and 0.02 leaves node 1, but 0.020000457763671875 enters it: what is
# pushed back is subtracted from 5290766453, whose neighbours among the doubles are 1e-6 apart.
import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([(0, 1, 5290766453.0), (1, 2, 0.02)], weight="capacity")
value, flow = nx.maximum_flow(graph, 0, 2)
print(f"value {value}, flow {flow}")
assert abs(flow[0][1] - flow[1][2]) > 1e-9 * value, "node 1 is balanced: this is repaired"
