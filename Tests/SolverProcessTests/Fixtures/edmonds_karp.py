"""A solver that speaks flowcheck/1: shortest augmenting paths, standard library only."""

import json
import sys
from collections import deque


def maximum_flow(network):
    """Returns the value, the flow on each arc and the source side of a minimum cut."""
    source, sink = network["source"], network["sink"]
    # Half-arc 2 * a goes along arc a, half-arc 2 * a + 1 against it.
    residual = []
    leaving = [[] for _ in range(network["nodes"])]
    arcs = zip(network["tails"], network["heads"], network["capacities"])
    for arc, (tail, head, capacity) in enumerate(arcs):
        residual += [capacity, 0]
        leaving[tail].append((2 * arc, head))
        leaving[head].append((2 * arc + 1, tail))
    while True:
        found = {source: None}
        queue = deque([source])
        while queue and sink not in found:
            node = queue.popleft()
            for half, head in leaving[node]:
                if residual[half] > 0 and head not in found:
                    found[head] = (half, node)
                    queue.append(head)
        if sink not in found:
            break
        path, node = [], sink
        while found[node]:
            half, node = found[node]
            path.append(half)
        amount = min(residual[half] for half in path)
        for half in path:
            residual[half] -= amount
            residual[half ^ 1] += amount
    flow = residual[1::2]
    value = sum(f for f, tail in zip(flow, network["tails"]) if tail == source)
    value -= sum(f for f, head in zip(flow, network["heads"]) if head == source)
    return value, flow, sorted(found)


def answer(request):
    """Returns the answer to one request, without its id."""
    if request["task"] == "describe":
        return {
            "status": "ok", "name": "edmonds-karp.py", "version": "1", "tasks": ["max-flow"],
            "tolerance": 1e-09, "returns": ["value", "flow", "cut", "attribution"],
        }
    if request["task"] != "max-flow":
        return {"status": "unsupported"}
    network = request["network"]
    value, flow, cut = maximum_flow(network)
    attribution = [f for f, head in zip(flow, network["heads"]) if head == network["sink"]]
    return {
        "status": "optimal", "value": value, "flow": flow, "cut": cut, "attribution": attribution,
    }


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
