# networkx 3.6.1: preflow_push's cut {0, 2} lets 0.3 + 1 + 1 = 2.3 through; the maximum flow is 1.9.
import networkx as nx

arcs = [(0, 1, 0.3), (0, 2, 2), (1, 3, 0.9), (2, 1, 1), (2, 3, 1)]
graph = nx.DiGraph()
graph.add_nodes_from(range(4))
graph.add_weighted_edges_from(arcs, weight="capacity")
value, (side, _) = nx.minimum_cut(graph, 0, 3)
capacity = sum(c for tail, head, c in arcs if tail in side and head not in side)
print(f"value {value}, source side {side} of capacity {capacity}")
assert capacity > value + 0.1, "the cut is a minimum cut: this is repaired"
