# networkx 3.6.1: preflow_push, its default, raises KeyError on a path of three arcs, the last of which has the
# least positive double as its capacity, if there is an isolated node as well.
import networkx as nx

graph = nx.DiGraph()
graph.add_nodes_from(range(5))
graph.add_weighted_edges_from([(4, 3, 1), (3, 2, 1), (2, 0, 5e-324)], weight="capacity")
try:
    print(nx.maximum_flow(graph, 4, 0))
    raise SystemExit("there is an answer: this is repaired")
except KeyError as error:
    print(f"KeyError: {error}")
