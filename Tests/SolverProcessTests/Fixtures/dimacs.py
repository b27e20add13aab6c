"""A solver that speaks DIMACS, and misbehaves on networks with three nodes as its argument says."""

import os
import signal
import sys
import time

from edmonds_karp import maximum_flow


def read(lines):
    """Returns the network of a problem, with nodes from 0."""
    network = {"tails": [], "heads": [], "capacities": []}
    for line in lines:
        word, *fields = line.split()
        if word == "p":
            assert fields[0] == "max"
            network["nodes"], network["arcs"] = int(fields[1]), int(fields[2])
        elif word == "n":
            network[{"s": "source", "t": "sink"}[fields[1]]] = int(fields[0]) - 1
        elif word == "a":
            tail, head, capacity = map(int, fields)
            network["tails"].append(tail - 1)
            network["heads"].append(head - 1)
            network["capacities"].append(capacity)
    assert len(network["tails"]) == network["arcs"]
    return network


def solution(network, merged):
    """Returns the lines of a solution: one for each arc that carries something, or each pair."""
    value, flow, _ = maximum_flow(network)
    lines = [(t + 1, h + 1, f) for t, h, f in zip(network["tails"], network["heads"], flow) if f]
    if merged:
        sums = {}
        for tail, head, amount in lines:
            sums[tail, head] = sums.get((tail, head), 0) + amount
        lines = [(*pair, amount) for pair, amount in sums.items()]
    return ["c by augmenting paths", "s %d" % value] + ["f %d %d %d" % line for line in lines]


def misbehave(kind, lines):
    """Does something wrong with the lines of the good solution."""
    if kind == "hang":
        time.sleep(1000)
    elif kind == "hang-after-answer":
        print("\n".join(lines), flush=True)
        time.sleep(1000)
    elif kind == "exit":
        print("a last word", file=sys.stderr, flush=True)
        os._exit(3)
    elif kind == "exit-after-answer":
        print("\n".join(lines), flush=True)
        os._exit(3)
    elif kind == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "segfault-after-answer":
        print("\n".join(lines), flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "close-output":
        os.close(1)
        time.sleep(1000)
    elif kind == "flood":
        chunk = "c flood\n" * (1 << 17)
        for _ in range(1 << 10):
            sys.stdout.write(chunk)
    else:
        first, value, *flows = lines
        changed = {
            "silent": [],
            "no-value": [first] + flows,
            "value-twice": [first, value, value] + flows,
            "nan": [first, "s nan"],
            "words": [first, "s many"],
            "two-values": [first, "s 1 2"],
            "other-arc": [first, value, "f 1 3 1"],
            "other-node": [first, value, "f 1 4 1"],
            "node-zero": [first, value, "f 0 1 1"],
            "short-line": [first, value, "f 1 2"],
            "arc-twice": [first, value] + flows[:1] * 2,
            "not-dimacs": ["Solving..."] + lines,
            "value-only": [value],
            "wrong-value": [first, "s 7"],
            "leak": [first, value] + flows[:1],
        }
        print("\n".join(changed[kind]))


if __name__ == "__main__":
    kind = sys.argv[1] if len(sys.argv) > 1 else "good"
    network = read(sys.stdin)
    lines = solution(network, kind == "merged")
    if network["nodes"] == 3 and kind not in ("good", "merged"):
        misbehave(kind, lines)
    else:
        print("\n".join(lines))
