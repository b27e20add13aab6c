"""The attention_flow recipe of Abnar and Zuidema (2020): one maximum flow for each pair of tokens.

From each top token to each bottom token it takes the value of a maximum flow, by networkx's
edmonds_karp, and divides the values of a top token by their sum: its row of shares. What a bottom
token is attributed is the sum of its shares, which the recipe calls attention flow. As the value of
the whole network stands what the shares add up to: the recipe knows no other. So this reading
promises what its name says, and the report shows where it is none: the attributions of a maximum
flow are not found one pair at a time. It is asked about attention alone, whose rows sum to 1.
"""

import networkx

import flowcheck_solver
from simple_graph import simple_graph

# As far as the rows of a float32 tensor are from a sum of 1.
ROW_TOLERANCE = 1e-6


def solve(problem):
    """The attributions, and their sum as the value."""
    if problem.tokens is None:
        raise flowcheck_solver.Unsupported
    nodes, links_of_arcs = simple_graph(problem)
    ends = (problem.source, problem.sink)
    rows = {}
    for tail, head, capacity in problem.arcs:
        if tail not in ends and head not in ends:
            rows[tail] = rows.get(tail, 0) + capacity
    if any(abs(row - 1) > ROW_TOLERANCE for row in rows.values()):
        raise flowcheck_solver.Unsupported
    graph = networkx.DiGraph()
    graph.add_nodes_from(node for node in range(nodes) if node not in ends)
    for links in links_of_arcs:
        for tail, head, capacity in links:
            if tail not in ends and head not in ends:
                graph.add_edge(tail, head, capacity=capacity)
    top = [head for tail, head, capacity in problem.arcs if tail == problem.source and capacity > 0]
    bottom = [tail for tail, head, _ in problem.arcs if head == problem.sink]
    attribution = [0.0] * len(bottom)
    for token in top:
        flows = [
            networkx.maximum_flow_value(
                graph, token, end, flow_func=networkx.algorithms.flow.edmonds_karp
            )
            for end in bottom
        ]
        if sum(flows) > 0:
            shares = [flow / sum(flows) for flow in flows]
            attribution = [share + more for share, more in zip(attribution, shares)]
    return {"value": sum(attribution), "attribution": attribution}


if __name__ == "__main__":
    flowcheck_solver.serve(
        "attention_flow recipe",
        networkx.__version__,
        solve,
        returns=["value", "attribution"],
    )
