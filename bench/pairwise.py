"""The matrix of pairwise maximum flows: `flowcheck bench --task pairwise` beside networkx, one solve per pair.

Usage: pairwise.py FLOWCHECK [--runs 5] [--pairs 20] [--layers 6] [--tokens 64]
The attention flow of Abnar and Zuidema is T*T maximum-flow values, each from a top token to a bottom token. The peer
solves each of them with networkx.maximum_flow_value on one graph that is built before; its time for the whole matrix
is extrapolated from some pairs drawn at random. Capacities are integers floor(a * 2^30); all values must agree.
Prints a table and writes results/pairwise.json.
"""

import argparse
import statistics
import time

import numpy as np

import driver
from tensors import layered_network, softmax_tensor

networkx = driver.peer("networkx")

SCALE = 2.0**30
KINDS = {"N(0,1)": (1.0, False), "N(0,36)": (6.0, False), "causal N(0,4)": (2.0, True)}


def by_networkx(tensor, pairs):
    """The values of some pairs (top, bottom), and the seconds that each of them takes."""
    layers, tokens, _ = tensor.shape
    tails, heads, capacities, _ = layered_network(tensor)
    graph = networkx.DiGraph()
    # Without the arcs of source and sink, which stand behind those of the tensor.
    for arc in range(tensor.size):
        graph.add_edge(int(tails[arc]), int(heads[arc]), capacity=int(capacities[arc] * SCALE))
    values, seconds = [], []
    for top, bottom in pairs:
        start = time.process_time()
        values.append(networkx.maximum_flow_value(graph, layers * tokens + int(top) + 1, int(bottom) + 1))
        seconds.append(time.process_time() - start)
    return values, seconds


def compare(name, tensor, options):
    """One row: our seconds for the whole matrix and the peer's for it, extrapolated, with their ratio."""
    tokens = tensor.shape[1]
    driver.progress(f"pairs of {name}, L={tensor.shape[0]}, T={tokens}")
    tensor = np.floor(tensor.astype(np.float64) * SCALE) / SCALE
    solved, timed = driver.run(
        options.program, tensor, ["solve", "--method", "pairwise"],
        ["bench", "--task", "pairwise", "--runs", str(options.runs)])
    matrix = np.array(solved["matrix"])
    pairs = np.random.default_rng(1).integers(0, tokens, (options.pairs, 2))
    values, seconds = by_networkx(tensor, pairs)
    ours = [int(matrix[top, bottom] * SCALE) for top, bottom in pairs]
    assert values == ours, f"networkx says {values}, not {ours}"
    ours = timed["results"][0]["processorSeconds"]
    middle = statistics.median(ours)
    whole = statistics.mean(seconds) * tokens * tokens
    print(
        f"{name:14} {tensor.shape[0]:3} {tokens:5}  flowcheck {driver.described(ours)}; networkx {statistics.mean(seconds):.3f} s "
        f"({driver.spread(seconds):.0%}) a pair, {whole:.0f} s in all; ratio {whole / middle:.0f}", flush=True)
    return {
        "name": name, "layers": tensor.shape[0], "tokens": tokens, "pairs": options.pairs,
        "flowcheck": timed["results"][0], "networkxSecondsPerPair": seconds, "networkxSeconds": whole,
        "ratio": whole / middle,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--tokens", type=int, default=64)
    options = parser.parse_args()
    rows = []
    for name, (deviation, causal) in KINDS.items():
        tensor = softmax_tensor(options.layers, options.tokens, deviation, seed=1, causal=causal)
        rows.append(compare(name, tensor, options))
    driver.write("pairwise", rows)


if __name__ == "__main__":
    main()
