"""What the file for Python solvers does, by solvers in processes of their own."""

import json
import subprocess
import sys
import textwrap
import unittest
from pathlib import Path

PYTHON = Path(__file__).resolve().parent.parent / "python"
sys.path.insert(0, str(PYTHON))

from flowcheck_solver import Problem  # noqa: E402
from simple_graph import flow_of_arcs, simple_graph  # noqa: E402

NETWORK = {"nodes": 2, "source": 0, "sink": 1, "tails": [0], "heads": [1], "capacities": [3]}


def request(identifier, task="max-flow", **more):
    """One line of a session."""
    network = {} if task == "describe" else {"network": NETWORK}
    fields = {"protocol": "flowcheck/1", "id": identifier, "task": task, **network, **more}
    return json.dumps(fields) + "\n"


def session(body, requests, arguments="tasks=['max-flow', 'l2-flow']"):
    """A run of a solver whose function has this body."""
    script = f"import flowcheck_solver\ndef solve(problem):\n{textwrap.indent(body, '    ')}\n"
    script += f"flowcheck_solver.serve('test', '1', solve, {arguments})\n"
    return subprocess.run(
        [sys.executable, "-B", "-c", script],
        cwd=PYTHON,
        input="".join(requests),
        capture_output=True,
        text=True,
    )


class ServeTests(unittest.TestCase):
    def test_each_request_has_its_answer_and_unknown_keys_are_ignored(self):
        run = session(
            "return {'value': problem.arcs[0][2] * (problem.weight or 1)}",
            [
                request(0, "describe"),
                request(7, more={"unknown": 1}),
                request(8, "l2-flow", **{"lambda": 0.5}),
                request(9, "shapley"),
            ],
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual([answer["id"] for answer in answers], [0, 7, 8, 9])
        self.assertEqual(answers[0]["tasks"], ["max-flow", "l2-flow"])
        self.assertEqual(answers[1], {"id": 7, "status": "optimal", "value": 3})
        self.assertEqual(answers[2]["value"], 1.5)
        self.assertEqual(answers[3], {"id": 9, "status": "unsupported"})
        self.assertEqual(run.returncode, 0)

    def test_what_a_library_prints_stays_out_of_the_answers(self):
        body = "import os; print('noise'); os.write(1, b'more'); return {'value': 3}"
        run = session(body, [request(1)])
        self.assertEqual(json.loads(run.stdout), {"id": 1, "status": "optimal", "value": 3})
        self.assertIn("more", run.stderr)

    def test_an_exception_ends_the_process_with_its_traceback(self):
        run = session("return {'value': [][0]}", [request(1), request(2)])
        self.assertNotEqual(run.returncode, 0)
        self.assertEqual(run.stdout, "")
        self.assertIn("IndexError", run.stderr)

    def test_unsupported_problems_and_words_of_a_library(self):
        run = session("raise flowcheck_solver.Unsupported", [request(1)])
        self.assertEqual(json.loads(run.stdout), {"id": 1, "status": "unsupported"})
        run = session("return {'status': 'gave up'}", [request(1)])
        self.assertEqual(json.loads(run.stdout), {"id": 1, "status": "gave up"})

    def test_every_answer_is_flushed_before_the_next_request(self):
        script = "import flowcheck_solver; flowcheck_solver.serve('t', '1', lambda p: {'value': 3})"
        words = [sys.executable, "-B", "-c", script]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, cwd=PYTHON, stdin=pipe, stdout=pipe, text=True) as process:
            for identifier in range(3):
                process.stdin.write(request(identifier))
                process.stdin.flush()
                self.assertEqual(json.loads(process.stdout.readline())["id"], identifier)
            process.stdin.close()


class SimpleGraphTests(unittest.TestCase):
    def test_parallel_arcs_get_nodes_of_their_own_and_loops_none(self):
        arcs = ((0, 1, 2), (0, 1, 3), (1, 1, 5), (1, 0, 7), (0, 1, 4))
        nodes, links = simple_graph(Problem("max-flow", 2, 0, 1, arcs, None, None, None, None))
        self.assertEqual(nodes, 4)
        self.assertEqual(
            links,
            [
                ((0, 1, 2),),
                ((0, 2, 3), (2, 1, 3)),
                (),
                ((1, 0, 7),),
                ((0, 3, 4), (3, 1, 4)),
            ],
        )
        pairs = [link[:2] for arc in links for link in arc]
        self.assertEqual(len(pairs), len(set(pairs)))
        flow = {(0, 1): 2, (0, 2): 3, (1, 0): 0, (0, 3): 4}
        self.assertEqual(flow_of_arcs(links, lambda *ends: flow[ends]), [2, 3, 0, 0, 4])


if __name__ == "__main__":
    unittest.main()
