"""networkx: networkx_flow.py ALGORITHM [NUMBERS], one of its five algorithms for maximum flows.

`networkx.maximum_flow` gives the value and the flow, `networkx.minimum_cut` the cut. NUMBERS is
double (the default) or int64. The documentation of both allows integers and floats and promises no
accuracy: integers are held to exact answers, which Python's never overflow, floats to 1e-9.
"""

import sys

import networkx
from networkx.algorithms import flow as algorithms

import flowcheck_solver
from simple_graph import flow_of_arcs, simple_graph

ALGORITHMS = {
    "edmonds_karp": algorithms.edmonds_karp,
    "shortest_augmenting_path": algorithms.shortest_augmenting_path,
    "preflow_push": algorithms.preflow_push,
    "dinitz": algorithms.dinitz,
    "boykov_kolmogorov": algorithms.boykov_kolmogorov,
}


def solve(problem, algorithm):
    """The value, a maximum flow, and the source side of a minimum cut."""
    nodes, links_of_arcs = simple_graph(problem)
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(nodes))
    for links in links_of_arcs:
        for tail, head, capacity in links:
            graph.add_edge(tail, head, capacity=capacity)
    ends = (problem.source, problem.sink)
    value, flow = networkx.maximum_flow(graph, *ends, flow_func=algorithm)
    _, (source_side, _) = networkx.minimum_cut(graph, *ends, flow_func=algorithm)
    return {
        "value": value,
        "flow": flow_of_arcs(links_of_arcs, lambda tail, head: flow[tail][head]),
        "cut": sorted(node for node in source_side if node < problem.nodes),
    }


if __name__ == "__main__":
    name, numbers = flowcheck_solver.choices(sys.argv, ALGORITHMS, ("double", "int64"))
    flowcheck_solver.serve(
        f"networkx {name} {numbers}",
        networkx.__version__,
        lambda problem: solve(problem, ALGORITHMS[name]),
        numbers=numbers,
        tolerance=1e-9 if numbers == "double" else 0,
        returns=["value", "flow", "cut"],
    )
