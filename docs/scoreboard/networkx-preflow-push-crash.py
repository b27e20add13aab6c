# networkx 3.6.1: preflow_push, its default, raises ValueError on a sound network of five arcs.
import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([(1, 5, 0.3), (0, 4, 1), (1, 2, 0.001), (0, 2, 0.7), (4, 1, 0.7)], weight="capacity")
try:
    print(nx.maximum_flow(graph, 0, 5))
    raise SystemExit("there is an answer: this is repaired")
except ValueError as error:
    print(f"ValueError: {error}")
