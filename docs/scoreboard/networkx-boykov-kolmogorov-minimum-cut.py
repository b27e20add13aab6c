# networkx 3.6.1: boykov_kolmogorov's minimum cut has an empty source side as well. 1.2 + 0.6 exceeds 1.8.
import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([(0, 2, 0.6), (0, 1, 2), (1, 2, 2), (2, 3, 1.8)], weight="capacity")
value, (side, _) = nx.minimum_cut(graph, 0, 3, flow_func=nx.flow.boykov_kolmogorov)
print(f"value {value}, source side {side}")
assert 0 not in side, "the cut separates source and sink: this is repaired"
