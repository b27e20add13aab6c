"""Turns a Python function into a solver that flowcheck can certify. Standard library only.

    import flowcheck_solver
    import mylibrary

    def solve(problem):
        graph = mylibrary.Graph(problem.nodes)
        for tail, head, capacity in problem.arcs:
            graph.add(tail, head, capacity)
        result = graph.maximum_flow(problem.source, problem.sink)
        return {"value": result.value, "flow": result.flows}  # one number an arc, in arc order

    flowcheck_solver.serve("mylibrary", mylibrary.__version__, solve, returns=["value", "flow"])

Then: flowcheck certify --command 'python3 that_file.py'. What is asked and what may be answered is
in docs/protocol.md.

An exception that `solve` does not catch ends the process with its traceback on standard error: a
library that raises an error on a sound network has crashed, and the report should say so. What the
library prints goes to standard error as well, since standard output belongs to the protocol.
"""

import json
import os
import sys
from dataclasses import dataclass

PROTOCOL = "flowcheck/1"


class Unsupported(Exception):
    """Raised by a solver for a problem that it says it cannot solve; the case then does not count."""


@dataclass(frozen=True)
class Problem:
    """One request: a network, and what is asked about it."""

    task: str  # "max-flow", "l2-flow", "barrier-flow" or "shapley"
    nodes: int  # nodes are 0 ... nodes - 1
    source: int
    sink: int
    arcs: tuple  # (tail, head, capacity) each; parallel arcs, loops and capacity 0 occur
    weight: float | None  # lambda of l2-flow, mu of barrier-flow
    layers: int | None  # of the attention tensor that the network was made from
    tokens: int | None
    deadline_milliseconds: int | None


def problem_of(request):
    """The problem in a decoded request, whose other keys are ignored."""
    network = request["network"]
    return Problem(
        task=request["task"],
        nodes=network["nodes"],
        source=network["source"],
        sink=network["sink"],
        arcs=tuple(zip(network["tails"], network["heads"], network["capacities"], strict=True)),
        weight=request.get("lambda", request.get("mu")),
        layers=request.get("layers"),
        tokens=request.get("tokens"),
        deadline_milliseconds=request.get("deadlineMilliseconds"),
    )


def choices(arguments, *alternatives):
    """One word for each list of alternatives; the first of a list if the word is left out."""
    words = arguments[1:]
    if len(words) > len(alternatives) or any(
        word not in allowed for word, allowed in zip(words, alternatives)
    ):
        usage = " ".join(f"[{'|'.join(allowed)}]" for allowed in alternatives)
        sys.exit(f"usage: {os.path.basename(arguments[0])} {usage}")
    return (*words, *(next(iter(allowed)) for allowed in alternatives[len(words) :]))


def serve(
    name,
    version,
    solve,
    tasks=("max-flow",),
    numbers="double",
    tolerance=1e-9,
    returns=("value", "flow"),
):
    """Answers requests from standard input until it ends.

    solve      a function of a Problem that returns the fields of the answer, "value" at least (for
               "shapley": "attribution"), or raises Unsupported. Where a library says that it has
               failed, its word is returned as "status", and becomes a finding.
    tasks      what `solve` may be asked for.
    numbers    "double", or "int32" or "int64" for a library that wants integer capacities.
    tolerance  the largest error promised, relative to the exact value; 0 for exact answers.
    returns    the promised fields and properties: value, flow, cut, potentials, attribution,
               minimal-cut, acyclic-flow.
    """
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    description = {
        "status": "ok",
        "name": name,
        "version": version,
        "tasks": list(tasks),
        "numbers": numbers,
        "tolerance": tolerance,
        "returns": list(returns),
    }
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["task"] == "describe":
            answer = description
        elif request.get("protocol") == PROTOCOL and request["task"] in tasks:
            try:
                answer = {"status": "optimal", **solve(problem_of(request))}
            except Unsupported:
                answer = {"status": "unsupported"}
        else:
            answer = {"status": "unsupported"}
        answers.write(json.dumps({"id": request["id"], **answer}) + "\n")
        answers.flush()
