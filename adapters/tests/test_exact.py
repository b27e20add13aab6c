"""The exact references against answers found another way."""

import random
import unittest
from fractions import Fraction
from itertools import combinations

from exact_flow import (
    Network,
    answer_faults,
    cut_capacity,
    flow_faults,
    flow_value,
    maximum_flow,
)
from exact_regularised import barrier_optimum, carrying, l2_optimum, optimum, square_root


def random_network(chance):
    """A small network with loops, parallel and antiparallel arcs, and capacities of 0."""
    nodes, arcs = chance.randint(2, 5), chance.randint(0, 8)
    source, sink = chance.sample(range(nodes), 2)
    return Network(
        nodes,
        source,
        sink,
        [chance.randrange(nodes) for _ in range(arcs)],
        [chance.randrange(nodes) for _ in range(arcs)],
        [Fraction(chance.randint(0, 6), chance.randint(1, 3)) for _ in range(arcs)],
    )


def least_cut(network):
    """The least capacity of all node sets that separate source and sink, one by one."""
    others = [n for n in range(network.nodes) if n not in (network.source, network.sink)]
    return min(
        cut_capacity(network, {network.source, *chosen})
        for size in range(len(others) + 1)
        for chosen in combinations(others, size)
    )


class MaximumFlowTests(unittest.TestCase):
    def test_the_maximum_is_the_least_of_all_cuts(self):
        chance = random.Random(1)
        for _ in range(300):
            network = random_network(chance)
            flow, cut = maximum_flow(network)
            self.assertEqual(flow_faults(network, flow), [])
            self.assertEqual(flow_value(network, flow), least_cut(network))
            self.assertEqual(cut_capacity(network, cut), least_cut(network))

    def test_a_right_answer_has_no_fault_and_each_change_has_one(self):
        network = Network(3, 0, 2, [0, 1, 1], [1, 2, 2], [2, Fraction(1, 3), 1])
        third = Fraction(1, 3)
        right = {"value": 1 + third, "flow": [1 + third, third, 1], "cut": [0, 1]}
        right["attribution"] = [third, 1]
        self.assertEqual(answer_faults(network, right), [])
        for change, field in (
            ({"value": 1}, "value"),
            ({"flow": [1 + third, third + 1, 0]}, "flow"),
            ({"flow": [1, third, 1]}, "flow"),
            ({"flow": [1, 0, 1]}, "flow"),
            ({"flow": [1 + third, third]}, "flow"),
            ({"cut": [0]}, "cut"),
            ({"cut": []}, "cut"),
            ({"cut": [0, 1, 2]}, "cut"),
            ({"attribution": [1, third]}, "attribution"),
            ({"attribution": [1]}, "attribution"),
        ):
            with self.subTest(change=change):
                fields = {fault[0] for fault in answer_faults(network, {**right, **change})}
                self.assertIn(field, fields)

    def test_the_tolerance_is_relative_to_the_maximum(self):
        network = Network(2, 0, 1, [0], [1], [Fraction(1, 10**12)])
        near = {"value": Fraction(1, 10**12) + Fraction(1, 10**20)}
        self.assertEqual(answer_faults(network, near, Fraction(1, 10**8)), [])
        self.assertNotEqual(answer_faults(network, near, Fraction(1, 10**9)), [])


class RegularisedTests(unittest.TestCase):
    def test_l2_on_parallel_paths_has_its_closed_form(self):
        # Each unit on an arc earns 1 and costs weight * f: f = 1 / (2 weight), up to the capacity.
        network = Network(2, 0, 1, [0, 0, 1], [1, 1, 0], [Fraction(1, 3), 9, 5])
        self.assertEqual(l2_optimum(network, Fraction(1, 4)), [Fraction(1, 3), 2, 0])

    def test_no_flow_nearby_has_a_better_l2_objective(self):
        chance, weight = random.Random(2), Fraction(1, 8)
        for _ in range(40):
            network = random_network(chance)
            best = l2_optimum(network, weight)
            other, _ = maximum_flow(network)
            for share in (Fraction(1), Fraction(1, 2), Fraction(1, 100)):
                mixed = [(1 - share) * f + share * g for f, g in zip(best, other)]
                self.assertGreaterEqual(
                    weight * sum(f * f for f in mixed) - flow_value(network, mixed),
                    weight * sum(f * f for f in best) - flow_value(network, best),
                )

    def test_the_barrier_flow_of_one_arc_is_the_root_of_its_equation(self):
        # -1 = mu (1 / (u - f) - 1 / f) with u = 1: f^2 - (1 - 2 mu) f - mu = 0.
        network, weight = Network(2, 0, 1, [0], [1], [1]), Fraction(1, 8)
        (flow,), (bound,) = barrier_optimum(network, weight)
        self.assertLess(bound, Fraction(1, 10**30))
        derivative = 2 * flow - 1 + 2 * weight
        self.assertLess(
            abs(flow * flow - (1 - 2 * weight) * flow - weight), abs(derivative) * 2 * bound + bound
        )

    def test_the_barrier_bound_is_kept_when_the_weight_is_split(self):
        # Two equal parallel arcs carry the same, by symmetry.
        network = Network(3, 0, 2, [0, 0, 1], [1, 1, 2], [1, 1, 3])
        flow, bounds = optimum(network, "barrier-flow", Fraction(1, 16))
        self.assertLessEqual(abs(flow[0] - flow[1]), bounds[0] + bounds[1])
        self.assertEqual(flow[0] + flow[1], flow[2])

    def test_arcs_that_carry_nothing_are_left_out(self):
        network = Network(4, 0, 2, [0, 1, 1, 3, 3], [1, 2, 3, 3, 3], [1, 1, 1, 1, 0])
        self.assertEqual(carrying(network), [0, 1, 3])

    def test_a_square_root_is_rounded_up(self):
        for number in (Fraction(0), Fraction(2), Fraction(1, 10**50), Fraction(10**50 + 1)):
            root = square_root(number)
            self.assertGreaterEqual(root * root, number)
            self.assertLessEqual(root * root, number * (1 + Fraction(1, 10**30)))


if __name__ == "__main__":
    unittest.main()
