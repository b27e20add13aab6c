"""A solver that speaks flowcheck/1: Shapley values from the maximum flows of all coalitions.

With the word `banzhaf` all coalitions weigh the same, which is wrong; with `silent` it gives no attribution.
"""

import json
import sys
from math import comb

from edmonds_karp import maximum_flow


def shapley_value(network, players, is_wrong):
    """Returns the value of all players and the Shapley value of each, a player being an arc."""
    count = len(players)
    values = []
    for mask in range(2**count):
        capacities = list(network["capacities"])
        for bit, arc in enumerate(players):
            if not mask >> bit & 1:
                capacities[arc] = 0
        values.append(maximum_flow({**network, "capacities": capacities})[0])
    shares = [0] * count
    for mask in range(2**count):
        size = mask.bit_count()
        for bit in range(count):
            if not mask >> bit & 1:
                weight = 2 ** (count - 1) if is_wrong else count * comb(count - 1, size)
                shares[bit] += (values[mask | 1 << bit] - values[mask]) / weight
    return values[-1], shares


def answer(request, word):
    """Returns the answer to one request, without its id."""
    if request["task"] == "describe":
        return {
            "status": "ok", "name": "coalitions.py", "version": "1", "tasks": ["shapley"],
            "tolerance": 1e-09, "returns": ["attribution"],
        }
    if request["task"] != "shapley":
        return {"status": "unsupported"}
    network = request["network"]
    players = [arc for arc, head in enumerate(network["heads"]) if head == network["sink"]]
    value, shares = shapley_value(network, players, word == "banzhaf")
    if word == "silent":
        return {"status": "optimal", "value": value}
    return {"status": "optimal", "attribution": shares}


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        found = answer(request, (sys.argv + [""])[1])
        print(json.dumps({"id": request["id"], **found}), flush=True)
