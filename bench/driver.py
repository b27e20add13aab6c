"""What the benchmarks share: peers, the command under test on a tensor, progress, the file of results."""

import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile

import numpy as np


def peer(module):
    """A peer's module, or the end of the program with what to do."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        sys.exit(f"bench: the peer {module} is missing ({error}); `make bench` installs bench/requirements.txt")


def progress(text):
    """Says on standard error what is being measured."""
    print(f"measuring {text}", file=sys.stderr, flush=True)


def spread(seconds):
    """How far the slowest run is from the fastest, as a part of the median."""
    return (max(seconds) - min(seconds)) / statistics.median(seconds)


def described(seconds):
    """Some runs in words: median and spread."""
    return f"{statistics.median(seconds):.4f} s ({spread(seconds):.0%})"


def run(program, tensor, *commands):
    """The JSON answers of commands such as ["bench", "--task", "l2"] on one tensor, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tensor.npy")
        np.save(path, tensor)
        return [answer(program, command[0], path, *command[1:]) for command in commands]


def answer(program, *words):
    """The JSON answer of one command, or the end of the program with what it said."""
    done = subprocess.run([program, *words, "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench: {os.path.basename(program)} {' '.join(words)} ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def write(name, rows):
    """Writes results/NAME.json beside the scripts."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "results")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=2)
        file.write("\n")
