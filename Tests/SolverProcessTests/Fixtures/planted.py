"""Solvers with one planted fault each, by the first argument; the others say what they promise."""

import json
import sys

import edmonds_karp

KIND = sys.argv[1]
RETURNS = sys.argv[2].split(",") if len(sys.argv) > 2 else ["value", "flow", "cut", "attribution"]
seen = []


def changed(network):
    """Returns the network that the fault makes of the one that was asked about."""
    capacities, arcs = network["capacities"], list(zip(network["tails"], network["heads"]))
    if KIND == "small-is-zero":
        capacities = [c if c > 1e-9 else 0 for c in capacities]
    elif KIND == "parallel-arcs":
        last = {ends: arc for arc, ends in enumerate(arcs)}
        capacities = [c if last[ends] == a else 0 for a, (c, ends) in enumerate(zip(capacities, arcs))]
    elif KIND == "wraps":
        capacities = [c if c < 2 ** 31 else c - 2 ** 31 for c in capacities]
    return {**network, "capacities": capacities}


def answer(request):
    """Returns the answer to one request, without its id."""
    if request["task"] == "describe":
        found = edmonds_karp.answer(request)
        return {**found, "name": KIND, "version": "2", "returns": RETURNS}
    network = request["network"]
    found = edmonds_karp.answer({**request, "network": changed(network)})
    if KIND == "stale-value" and seen[-1:] == [network["nodes"]]:
        found["value"] += 1
    elif KIND == "cut-without-source":
        found["cut"] = [n for n in found["cut"] if n != network["source"]] or [network["sink"]]
    elif KIND == "crash" and network["capacities"].count(0) > 2:
        sys.exit(3)
    elif KIND == "hang" and network["capacities"].count(0) > 2:
        sys.stdin.read()
    elif KIND == "nan" and network["capacities"].count(0) > 2:
        found["value"] = float("nan")
    elif KIND == "twice":
        # The second time a network is asked about, its flow is that of no arc.
        if network in seen[-3:]:
            found["flow"] = [0 for _ in found["flow"]]
    seen.append(network if KIND == "twice" else network["nodes"])
    del seen[:-3]
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
