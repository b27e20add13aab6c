# networkx 3.6.1: dinitz raises IndexError on a sound network of four arcs, after a rounding error.
import networkx as nx

graph = nx.DiGraph()
graph.add_weighted_edges_from([(0, 1, 0.9), (1, 2, 1), (1, 3, 0.2), (2, 3, 1)], weight="capacity")
try:
    print(nx.maximum_flow_value(graph, 0, 3, flow_func=nx.flow.dinitz))
    raise SystemExit("there is an answer: this is repaired")
except IndexError as error:
    print(f"IndexError: {error}")
