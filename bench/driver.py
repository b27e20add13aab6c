"""What the benchmarks share: the command under test on a tensor, and the file of results."""

import json
import os
import subprocess
import tempfile

import numpy as np


def run(program, tensor, *commands):
    """The JSON answers of commands such as ["bench", "--task", "l2"] on one tensor, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tensor.npy")
        np.save(path, tensor)
        return [
            json.loads(
                subprocess.run(
                    [program, command[0], path, *command[1:], "--json"], capture_output=True, text=True, check=True
                ).stdout)
            for command in commands
        ]


def write(name, rows):
    """Writes results/NAME.json beside the scripts."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "results")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=2)
        file.write("\n")
