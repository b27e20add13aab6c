# networkx 3.6.1: the source side of a minimum cut is empty. 0.9 rounds up to 0.9000000000000001 on its
# way, so the arc that is the cut carries more than its capacity and does not count as saturated.
import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([(0, 1, 0.9), (1, 2, 1), (1, 3, 0.3), (2, 3, 1)], weight="capacity")
for algorithm in (nx.flow.edmonds_karp, nx.flow.shortest_augmenting_path):
    value, (side, _) = nx.minimum_cut(graph, 0, 3, flow_func=algorithm)
    print(f"{algorithm.__name__}: value {value}, source side {side}")
    assert 0 not in side, "the cut separates source and sink: this is repaired"
