"""Every stored finding of the scoreboard is confirmed, and a right answer would not be."""

import json
import unittest
from fractions import Fraction
from pathlib import Path

from confirm_findings import Unconfirmed, confirm, network_of
from exact_flow import flow_value, maximum_flow
from exact_regularised import optimum

STORED = Path(__file__).resolve().parents[2] / "docs" / "scoreboard" / "findings.json"


def findings():
    """The stored findings."""
    stored = json.loads(STORED.read_text())
    if stored["format"] != "flowcheck-scoreboard/1":
        raise AssertionError(f"unknown format {stored['format']}")
    return stored["findings"]


def right_answer(finding):
    """An answer to the request of a finding in which nothing is wrong."""
    network = network_of(finding)
    if finding["task"] == "max-flow":
        flow, cut = maximum_flow(network)
    else:
        flow, _ = optimum(network, finding["task"], Fraction(finding["weight"]))
        _, cut = maximum_flow(network)
    answer = {"value": str(flow_value(network, flow)), "flow": [str(amount) for amount in flow]}
    if finding["task"] == "max-flow":
        answer["cut"] = sorted(cut)
        ending = [arc for arc, head in enumerate(network.heads) if head == network.sink]
        answer["attribution"] = [str(flow[arc]) for arc in ending]
    return answer


class FindingsTests(unittest.TestCase):
    def test_every_finding_is_confirmed(self):
        self.assertGreaterEqual(len(findings()), 4)
        for finding in findings():
            with self.subTest(solver=finding["solver"], property=finding["property"]):
                self.assertTrue(confirm(finding))

    def test_no_finding_is_confirmed_of_a_right_answer(self):
        wrong = [finding for finding in findings() if finding["kind"] == "wrong"]
        self.assertGreaterEqual(len(wrong), 4)
        for finding in wrong:
            with self.subTest(solver=finding["solver"], property=finding["property"]):
                with self.assertRaises(Unconfirmed):
                    confirm({**finding, "answer": right_answer(finding)})

    def test_failures_of_at_most_twelve_arcs_in_at_least_four_solvers(self):
        small = {f["solver"] for f in findings() if len(f["network"]["tails"]) <= 12}
        self.assertGreaterEqual(len(small), 4)


if __name__ == "__main__":
    unittest.main()
