"""Shapley values of the flow game: `flowcheck bench` beside shapiq with OR-tools as its value function.

Usage: shapley.py FLOWCHECK [--runs 5] [--tokens 12 16] [--large]
Prints a table and writes results/shapley.json. Times are of the clock and of the processor: on a shared machine
the second says more. Both programs use one thread.
"""

import argparse
import statistics
import time

import numpy as np

import driver
from tensors import layered_network, softmax_tensor

shapiq = driver.peer("shapiq")
max_flow = driver.peer("ortools.graph.python.max_flow")

# OR-tools takes integer capacities: 2^30 a unit of attention keeps sums far below 2^63.
SCALE = 2**30


class FlowValues:
    """The maximum-flow value of coalitions of bottom tokens, in integers; one solver, re-solved for each."""

    def __init__(self, tensor):
        tails, heads, capacities, nodes = layered_network(tensor)
        self.tokens = tensor.shape[1]
        self.solver = max_flow.SimpleMaxFlow()
        self.arcs = self.solver.add_arcs_with_capacity(
            tails.astype(np.int32), heads.astype(np.int32), np.round(capacities * SCALE).astype(np.int64))
        self.bottom = self.arcs[-self.tokens:]
        self.source, self.sink = nodes - 1, 0

    def __call__(self, coalitions):
        values = np.zeros(len(coalitions))
        for row, coalition in enumerate(coalitions):
            self.solver.set_arcs_capacity(self.bottom, np.where(coalition, self.tokens * SCALE, 0))
            if self.solver.solve(self.source, self.sink) != self.solver.OPTIMAL:
                raise RuntimeError("OR-tools found no maximum flow")
            values[row] = self.solver.optimal_flow() / SCALE
        return values


def shapiq_value(tensor):
    """Seconds of clock and processor for all coalitions and the Shapley value, and the value itself."""
    tokens = tensor.shape[1]
    start, processor = time.perf_counter(), time.process_time()
    answer = shapiq.ExactComputer(FlowValues(tensor), n_players=tokens)("SV")
    seconds = time.perf_counter() - start, time.process_time() - processor
    return *seconds, [float(answer[(player,)]) for player in range(tokens)]


def flowcheck(program, tensor, runs):
    """The times of each run, each coalition checked by the kernel, and the answer of the command."""
    times, answer = driver.run(
        program, tensor, ["bench", "--task", "shapley", "--runs", str(runs)], ["solve", "--method", "shapley"])
    return times["results"][0], answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tokens", type=int, nargs="+", default=[12, 16])
    parser.add_argument("--large", action="store_true", help="also T = 20, once and without shapiq")
    options = parser.parse_args()
    rows = []
    for tokens in options.tokens + ([20] if options.large else []):
        driver.progress(f"Shapley values, L=6, T={tokens}")
        tensor = softmax_tensor(6, tokens, 1.0, seed=1)
        runs = 1 if tokens >= 20 else options.runs
        times, answer = flowcheck(options.program, tensor, runs)
        row = {"layers": 6, "tokens": tokens, "seconds": times["seconds"],
               "processorSeconds": times["processorSeconds"],
               "flowCertified": answer["flowCertified"]}
        ours = statistics.median(times["processorSeconds"])
        line = f"L=6 T={tokens}: {statistics.median(times['seconds']):.3f} s, processor {driver.described(times['processorSeconds'])}"
        if tokens < 20:
            peers = [shapiq_value(tensor) for _ in range(runs)]
            row["shapiq"] = {"seconds": [peer[0] for peer in peers], "processorSeconds": [peer[1] for peer in peers]}
            row["largestDifference"] = float(np.abs(np.array(peers[0][2]) - answer["attribution"]).max())
            theirs = statistics.median(row["shapiq"]["processorSeconds"])
            line += f"; shapiq with OR-tools {statistics.median(row['shapiq']['seconds']):.3f} s, processor {driver.described(row['shapiq']['processorSeconds'])}"
            line += f", ratio {theirs / ours:.1f}"
            line += f", largest difference {row['largestDifference']:.1e}"
        print(line, flush=True)
        rows.append(row)
    driver.write("shapley", rows)


if __name__ == "__main__":
    main()
