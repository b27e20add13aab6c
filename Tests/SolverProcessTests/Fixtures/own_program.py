"""A solver that speaks flowcheck/1 for regularised flows: it asks the program named on its command line.

Usage: own_program.py FLOWCHECK [halved]
With `halved` it halves every weight, a slip between x'Px and x'Px / 2.
"""

import json
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
FACTOR = 0.5 if "halved" in sys.argv[2:] else 1.0
METHODS = {"l2-flow": ("l2", "lambda"), "barrier-flow": ("barrier", "mu")}


def answer(request):
    """Returns the answer to one request, without its id."""
    if request["task"] == "describe":
        return {
            "status": "ok", "name": "own", "version": "1", "tasks": list(METHODS), "tolerance": 1e-09,
            "returns": ["value", "flow", "attribution"],
        }
    if request["task"] not in METHODS:
        return {"status": "unsupported"}
    method, weight = METHODS[request["task"]]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(request["network"], file)
        file.flush()
        run = subprocess.run(
            [PROGRAM, "solve", file.name, "--method", method, f"--{weight}", repr(FACTOR * request[weight]),
             "--flow", "--json"], capture_output=True, text=True)
    if run.returncode != 0:
        return {"status": "unsupported"}
    found = json.loads(run.stdout)
    return {
        "status": "optimal", "value": found["value"], "flow": found["flow"],
        "attribution": found["attribution"],
    }


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
