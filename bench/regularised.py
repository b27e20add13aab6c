"""l2 and barrier flows: `flowcheck bench` beside Clarabel at its default settings.

Usage: regularised.py FLOWCHECK [--runs 5] [--large]
Prints a table and writes results/regularised.json.
"""

import argparse
import os
import statistics
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

import driver
from tensors import layered_network, softmax_tensor

clarabel = driver.peer("clarabel")
sparse = driver.peer("scipy.sparse")

LAMBDA = 0.01
MU = 1e-4


def clarabel_l2(tensor):
    """Seconds to build and solve, the flow, and the distance that its own duals prove (CLAIMS: R and gap)."""
    tails, heads, capacities, nodes = layered_network(tensor)
    arcs, source, sink = len(tails), nodes - 1, 0
    start = time.perf_counter()
    columns = np.arange(arcs)
    balance = sparse.csc_matrix(
        (np.r_[-np.ones(arcs), np.ones(arcs), -1.0, 1.0],
         (np.r_[tails, heads, sink, source], np.r_[columns, columns, arcs, arcs])), shape=(nodes, arcs + 1))
    # One conservation row is the sum of the others.
    balance = balance[1:]
    bounds = sparse.eye(arcs, arcs + 1, format="csc")
    constraints = sparse.vstack([balance, bounds, -bounds], format="csc")
    limits = np.r_[np.zeros(nodes - 1), capacities, np.zeros(arcs)]
    quadratic = sparse.diags(np.r_[np.full(arcs, 2 * LAMBDA), 0.0], format="csc")
    linear = np.r_[np.zeros(arcs), -1.0]
    cones = [clarabel.ZeroConeT(nodes - 1), clarabel.NonnegativeConeT(2 * arcs)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solver = clarabel.DefaultSolver(quadratic, linear, constraints, limits, cones, settings)
    answer = solver.solve()
    seconds = time.perf_counter() - start
    flow = np.clip(np.array(answer.x)[:arcs], 0.0, capacities)
    duals = np.array(answer.z)
    potentials = np.r_[0.0, -duals[: nodes - 1]]
    # The bound needs y_sink = y_source + 1 exactly; a shift of all others changes nothing.
    potentials[source] = potentials[sink] - 1.0
    reduced = 2 * LAMBDA * flow - (potentials[heads] - potentials[tails])
    upper, lower = duals[nodes - 1 : nodes - 1 + arcs], duals[nodes - 1 + arcs :]
    residual = reduced - lower + upper
    gap = lower @ flow + upper @ (capacities - flow)
    sigma = 2 * LAMBDA
    norm = np.linalg.norm(residual) / np.sqrt(sigma)
    radius = (norm + np.sqrt(norm**2 + 4 * gap)) / 2 / np.sqrt(sigma)
    return seconds, flow[-len(tensor[0]):], radius


def flowcheck(program, tensor, method, runs):
    """The answer of `flowcheck bench` about one method: seconds of each run, radius, attribution."""
    weight = ["--lambda", str(LAMBDA)] if method == "l2" else ["--mu", str(MU)]
    [answer] = driver.run(program, tensor, ["bench", "--task", method, *weight, "--runs", str(runs)])
    return {**answer["results"][0], "peakMegabytes": answer["peakMegabytes"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also L = 12, T = 256, without Clarabel")
    options = parser.parse_args()
    rows = []
    for layers, tokens in [(6, 64), (12, 128)] + ([(12, 256)] if options.large else []):
        driver.progress(f"l2 and barrier, L={layers}, T={tokens}")
        tensor = softmax_tensor(layers, tokens, 1.0, seed=1)
        row = {"layers": layers, "tokens": tokens}
        for method in ("l2", "barrier"):
            ours = flowcheck(options.program, tensor, method, options.runs)
            row[method] = {key: ours[key] for key in ("seconds", "certifiedRadius", "status", "peakMegabytes")}
        line = f"L={layers} T={tokens}: l2 {driver.described(row['l2']['seconds'])}"
        line += f" (radius {row['l2']['certifiedRadius']:.1e})"
        if tokens <= 128:
            peers = [clarabel_l2(tensor) for _ in range(options.runs)]
            row["clarabel"] = {"seconds": [peer[0] for peer in peers], "radius": peers[0][2]}
            ratio = statistics.median(row["clarabel"]["seconds"]) / statistics.median(row["l2"]["seconds"])
            line += f", Clarabel {driver.described(row['clarabel']['seconds'])} (radius {peers[0][2]:.1e})"
            line += f", ratio {ratio:.1f}"
        line += f"; barrier {driver.described(row['barrier']['seconds'])}"
        line += f" (radius {row['barrier']['certifiedRadius']:.1e}), {row['l2']['peakMegabytes']:.0f} MB"
        print(line, flush=True)
        rows.append(row)
    driver.write("regularised", rows)


if __name__ == "__main__":
    main()
