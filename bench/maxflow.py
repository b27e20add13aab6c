"""Maximum flows: `flowcheck bench --task max-flow-float32` beside OR-tools, LEMON, igraph and networkx.

Usage: maxflow.py FLOWCHECK [--runs 5] [--growth]
Every time is the processor time of one thread, from the same float32 tensor in memory, building included, with
integer capacities floor(a * 2^30); ours also has the kernel's check of flow and cut in it. All values must agree.
Prints the ratio of 128-bit capacities, as residual attention has them, to 64-bit ones too.
Prints a table and writes results/maxflow.json; with --growth also how our time grows with the size.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import driver
from tensors import layered_network, softmax_tensor

igraph = driver.peer("igraph")
networkx = driver.peer("networkx")
max_flow = driver.peer("ortools.graph.python.max_flow")

BITS = 30
HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {"N(0,1)": (1.0, False), "N(0,36)": (6.0, False), "causal N(0,4)": (2.0, True)}
REAL = os.path.join(HERE, "..", "corpus", "attention", "p21_museum256.avg.f32.npy")


def integer_network(tensor):
    """The arcs with integer capacities floor(a * 2^30), and the number of nodes."""
    tails, heads, capacities, nodes = layered_network(tensor)
    return tails, heads, np.floor(capacities * 2**BITS).astype(np.int64), nodes


def ortools(tensor):
    """OR-tools' SimpleMaxFlow, a push-relabel algorithm."""
    start = time.process_time()
    tails, heads, capacities, nodes = integer_network(tensor)
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(tails.astype(np.int32), heads.astype(np.int32), capacities)
    assert solver.solve(nodes - 1, 0) == solver.OPTIMAL
    return solver.optimal_flow(), time.process_time() - start


def by_igraph(tensor):
    """igraph's maximum flow, a push-relabel algorithm in doubles, here on integers below 2^53."""
    start = time.process_time()
    tails, heads, capacities, nodes = integer_network(tensor)
    graph = igraph.Graph(n=nodes, edges=np.column_stack([tails, heads]), directed=True)
    value = graph.maxflow_value(nodes - 1, 0, capacities.astype(np.float64).tolist())
    return int(value), time.process_time() - start


def by_networkx(tensor):
    """networkx's default algorithm, preflow_push."""
    start = time.process_time()
    tails, heads, capacities, nodes = integer_network(tensor)
    graph = networkx.DiGraph()
    for tail, head, capacity in zip(tails.tolist(), heads.tolist(), capacities.tolist()):
        graph.add_edge(tail, head, capacity=capacity)
    return networkx.maximum_flow_value(graph, nodes - 1, 0), time.process_time() - start


class Lemon:
    """LEMON's Preflow, compiled here from Debian's headers."""

    def __init__(self, folder):
        self.program = os.path.join(folder, "lemon_maxflow")
        source = os.path.join(HERE, "lemon_maxflow.cpp")
        compiler = shutil.which("g++")
        if not compiler:
            sys.exit("bench: the peer LEMON needs g++; `make bench` installs it")
        built = subprocess.run(
            [compiler, "-O2", "-o", self.program, source], capture_output=True, text=True, check=False)
        if built.returncode != 0:
            sys.exit(f"bench: the peer LEMON needs Debian's liblemon-dev; `make bench` installs it: {built.stderr}")

    def __call__(self, tensor, runs):
        with tempfile.NamedTemporaryFile() as file:
            tensor.tofile(file.name)
            layers, tokens, _ = tensor.shape
            text = subprocess.run(
                [self.program, file.name, str(layers), str(tokens), str(runs)], capture_output=True, text=True,
                check=True).stdout
        return [(int(value), float(seconds)) for value, seconds in (line.split() for line in text.splitlines())]


def flowcheck(program, tensor, runs, *options):
    """Our answer: value times 2^30 where it is rounded, the seconds of each run, and those of its parts."""
    command = ["bench", "--task", "max-flow-float32", "--runs", str(runs), *options]
    [answer] = driver.run(program, tensor, command)
    result = answer["results"][0]
    assert result["status"] == "optimal", result["status"]
    return result


def compare(name, tensor, program, lemon, runs):
    """One row: our seconds and each peer's, with the ratio of the medians."""
    driver.progress(f"{name}, L={tensor.shape[0]}, T={tensor.shape[1]}")
    ours = flowcheck(program, tensor, runs, "--fraction-bits", str(BITS))
    value = round(ours["value"] * 2**BITS)
    row = {"name": name, "layers": tensor.shape[0], "tokens": tensor.shape[1], "value": value}
    row["flowcheck"] = {key: ours[key] for key in ours if key.endswith("econds") or key == "bytesPerArc"}
    exact = flowcheck(program, tensor, runs)
    row["exact"] = {"processorSeconds": exact["processorSeconds"], "value": exact["value"]}
    middle = statistics.median(ours["processorSeconds"])
    line = f"{name:14} {row['layers']:3} {row['tokens']:5}  flowcheck {middle:.4f} s"
    line += f" ({driver.spread(ours['processorSeconds']):.0%}), first {ours['processorSeconds'][0]:.4f} s"
    line += f", exact {driver.described(exact['processorSeconds'])}, {ours['bytesPerArc']:.1f} bytes an arc"
    peers = {"OR-tools": ortools, "igraph": by_igraph}
    if tensor.size <= 6 * 64 * 64:
        peers["networkx"] = by_networkx
    answers = {peer: [solve(tensor) for _ in range(runs)] for peer, solve in peers.items()}
    answers["LEMON"] = lemon(tensor, runs)
    for peer, found in answers.items():
        assert all(answer == value for answer, _ in found), f"{peer} says {found[0][0]}, not {value}"
        seconds = [each for _, each in found]
        ratio = statistics.median(seconds) / middle
        row[peer] = {"seconds": seconds, "ratio": ratio}
        line += f"; {peer} {driver.described(seconds)}, ratio {ratio:.1f}"
    print(line, flush=True)
    return row


def widths(program, name, tensor, runs):
    """What 128-bit capacities take beside 64-bit ones: the same residual attention in both, run by run."""
    driver.progress(f"128 bits, {name}, L={tensor.shape[0]}, T={tensor.shape[1]}")
    [found] = driver.run(
        program, tensor, ["bench", "--task", "max-flow-int128", "--residual", "--runs", str(runs)])
    result = found["results"][0]
    wide, narrow = result["wideProcessorSeconds"], result["narrowProcessorSeconds"]
    print(
        f"{name:14} {tensor.shape[0]:3} {tensor.shape[1]:5}  128 bits {driver.described(wide)}, "
        f"64 bits {driver.described(narrow)}, ratio {result['widthRatio']:.2f}", flush=True)
    return {
        "name": name, "layers": tensor.shape[0], "tokens": tensor.shape[1], "wide": wide, "narrow": narrow,
        "ratio": result["widthRatio"]}


def growth(program, runs):
    """Our seconds as T grows at L = 12 and as L grows at T = 128, with the exponents of fitted powers."""
    tables = []
    for axis, sizes in [("tokens", [(12, t) for t in (32, 64, 128, 256, 512, 1024)]),
                        ("layers", [(l, 128) for l in (2, 4, 8, 12, 24, 48)])]:
        for name, (deviation, causal) in KINDS.items():
            points = []
            for layers, tokens in sizes:
                driver.progress(f"{name}, L={layers}, T={tokens}")
                tensor = softmax_tensor(layers, tokens, deviation, seed=1, causal=causal)
                ours = flowcheck(program, tensor, runs, "--fraction-bits", str(BITS))
                size = tokens if axis == "tokens" else layers
                seconds = ours["processorSeconds"]
                points.append((size, statistics.median(seconds), driver.spread(seconds), ours["bytesPerArc"]))
            sizes_seen, middles, _, _ = zip(*points)
            exponent = np.polyfit(np.log(sizes_seen), np.log(middles), 1)[0]
            times = ", ".join(f"{size}: {1000 * middle:.2f}" for size, middle, _, _ in points)
            print(f"{name:14} by {axis}, ms: {times}; exponent {exponent:.2f}", flush=True)
            tables.append({"kind": name, "axis": axis, "points": points, "exponent": exponent})
    return tables


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also how our time grows with the size")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        lemon = Lemon(folder)
        small = softmax_tensor(6, 64, 1.0, seed=1)
        rows.append(compare("N(0,1)", small, options.program, lemon, options.runs))
        rows.append(compare("real", np.load(REAL), options.program, lemon, options.runs))
        for tokens in (128, 512):
            for name, (deviation, causal) in KINDS.items():
                tensor = softmax_tensor(12, tokens, deviation, seed=1, causal=causal)
                rows.append(compare(name, tensor, options.program, lemon, options.runs))
    both = [
        widths(options.program, name, softmax_tensor(12, tokens, deviation, seed=1, causal=causal), options.runs)
        for tokens in (128, 512) for name, (deviation, causal) in KINDS.items()]
    results = {"runs": options.runs, "rows": rows, "widths": both}
    if options.growth:
        results["growth"] = growth(options.program, options.runs)
    driver.write("maxflow", results)


if __name__ == "__main__":
    main()
