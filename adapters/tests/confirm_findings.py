"""Confirms what flowcheck reports of a solver, in fractions: confirm_findings.py FILE.

FILE is docs/scoreboard/findings.json: for each finding the network that the solver was sent, what
it answered, and what it had promised. Every number is exact, a string such as "1/3". Of a wrong
answer this computes the exact optimum itself and repeats the charge: that the field which flowcheck
names is off by more than was promised. Of a crash, a hang or an answer out of form it shows that
the network is sound and has a maximum flow; that the library fails on it, the scripts of
docs/scoreboard show. Standard library only, no code shared with flowcheck.
"""

import json
import sys
from fractions import Fraction

from exact_flow import Network, answer_faults, flow_faults, flow_value, maximum_flow
from exact_regularised import optimum

FIELDS = ("value", "flow", "cut", "attribution")


class Unconfirmed(Exception):
    """A finding that the exact computation does not bear out: a wrong report by flowcheck."""


def network_of(finding):
    """The network of a finding."""
    network = finding["network"]
    return Network(
        network["nodes"],
        network["source"],
        network["sink"],
        network["tails"],
        network["heads"],
        [Fraction(capacity) for capacity in network["capacities"]],
    )


def exact_answer(answer):
    """The answer of a finding, with its numbers as fractions."""
    numbers = {"value": Fraction(answer["value"])}
    for field in ("flow", "attribution"):
        if field in answer:
            numbers[field] = [Fraction(amount) for amount in answer[field]]
    if "cut" in answer:
        numbers["cut"] = answer["cut"]
    return numbers


def regularised_faults(network, answer, task, weight, tolerance):
    """What is wrong with an l2 or barrier answer, as `answer_faults` says it of a maximum flow.

    The tolerance is relative to the maximum-flow value or the largest flow on an arc of the
    optimum, whichever is more.
    """
    best, bounds = optimum(network, task, Fraction(weight))
    largest = max((amount + bound for amount, bound in zip(best, bounds)), default=Fraction(0))
    slack = Fraction(tolerance) * max(flow_value(network, maximum_flow(network)[0]), largest)
    doubt = sum(bounds, Fraction(0))
    difference = abs(answer["value"] - flow_value(network, best)) - doubt
    faults = [("value", "the value is not that of the optimum", difference)]
    if "flow" in answer:
        if len(answer["flow"]) != len(best):
            raise Unconfirmed("the flow has another number of arcs, which the form forbids")
        faults += [("flow", *fault) for fault in flow_faults(network, answer["flow"])]
        for arc, (amount, right, bound) in enumerate(zip(answer["flow"], best, bounds)):
            sentence = f"arc {arc} carries another flow than in the optimum"
            faults.append(("flow", sentence, abs(amount - right) - bound))
    return [fault for fault in faults if fault[-1] > slack]


def confirm(finding):
    """One sentence that says what is wrong, computed here; raises Unconfirmed if nothing is."""
    network = network_of(finding)
    maximum = flow_value(network, maximum_flow(network)[0])
    if finding["kind"] != "wrong":
        return f"the network is sound, and its maximum flow is {shown(maximum)}"
    answer, tolerance = exact_answer(finding["answer"]), Fraction(finding["tolerance"])
    task = finding["task"]
    if task == "max-flow":
        faults = answer_faults(network, answer, tolerance)
    else:
        faults = regularised_faults(network, answer, task, finding["weight"], tolerance)
    charged = [
        fault
        for fault in faults
        if finding["property"] not in FIELDS or finding["property"] == fault[0]
    ]
    if not charged:
        raise Unconfirmed(f"{finding['solver']}, {finding['property']}: nothing is wrong with that")
    _, sentence, amount = max(charged, key=lambda fault: fault[-1])
    if "separate" in sentence or "number of arcs" in sentence:
        return sentence
    return f"{sentence}: off by {shown(amount)}, where the maximum flow is {shown(maximum)}"


def shown(number):
    """A fraction for people, in a few digits if it is long."""
    if number.denominator == 1 and abs(number) < 10**18:
        return str(number)
    try:
        return f"{float(number):.6g}"
    except OverflowError:
        return f"about 2^{number.numerator.bit_length() - number.denominator.bit_length()}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: confirm_findings.py FILE")
    with open(sys.argv[1], encoding="utf-8") as file:
        findings = json.load(file)["findings"]
    for finding in findings:
        print(f"{finding['solver']}, {finding['property']}: {confirm(finding)}")
    print(f"confirmed: {len(findings)}")
