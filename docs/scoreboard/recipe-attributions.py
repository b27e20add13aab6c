# The attention_flow recipe, one maximum flow for each pair of tokens: it attributes 2 where a maximum flow carries 1.
import networkx

graph = networkx.DiGraph()
for tail, head in [("top 0", "middle 0"), ("top 1", "middle 0"), ("middle 0", "bottom 0")]:
    graph.add_edge(tail, head, capacity=1)
graph.add_node("bottom 1")
shares = {"bottom 0": 0, "bottom 1": 0}
for top in ("top 0", "top 1"):
    flows = {token: networkx.maximum_flow_value(graph, top, token) for token in shares}
    shares = {token: shares[token] + flow / sum(flows.values()) for token, flow in flows.items()}
graph.add_edges_from([("source", "top 0"), ("source", "top 1"), ("bottom 0", "sink"), ("bottom 1", "sink")])
value = networkx.maximum_flow_value(graph, "source", "sink")
print(f"attributed {sum(shares.values())}, maximum flow {value}")
assert sum(shares.values()) > value, "the attributions add up to the maximum flow: this is repaired"
