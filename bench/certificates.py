"""Certificates of a maximum flow: `flowcheck bench --task intervals --task uniqueness`, which no peer gives.

Usage: certificates.py FLOWCHECK [--runs 5]
Times are of the clock, from a maximum flow to the claims that the kernel accepts; mode `all`.
Prints a table and writes results/certificates.json.
"""

import argparse
import os

import numpy as np

import driver
from tensors import softmax_tensor

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "corpus", "attention")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    subjects = [(name, np.load(os.path.join(CORPUS, name + ".avg.f32.npy")))
                for name in ("p20_orchard128", "p21_museum256")]
    subjects.append(("N(0,1)", softmax_tensor(12, 512, 1.0, seed=1)))
    rows = []
    for name, tensor in subjects:
        layers, tokens, _ = tensor.shape
        driver.progress(f"certificates of {name}, L={layers}, T={tokens}")
        [found] = driver.run(
            options.program, tensor,
            ["bench", "--task", "intervals", "--task", "uniqueness", "--runs", str(options.runs)])
        row = {"name": name, "layers": layers, "tokens": tokens}
        for result in found["results"]:
            row[result["task"]] = result["seconds"]
        print(
            f"{name:14} {layers:3} {tokens:5}  intervals {driver.described(row['intervals'])}, "
            f"undetermined arcs {driver.described(row['uniqueness'])}", flush=True)
        rows.append(row)
    driver.write("certificates", rows)


if __name__ == "__main__":
    main()
