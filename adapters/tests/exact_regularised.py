"""How far a flow is from the l2 or the barrier optimum, in fractions. Shares no code with flowcheck.

Minimised over the flows f within the capacities is

    l2       -value(f) + weight * sum f^2                      over all arcs,
    barrier  -value(f) - weight * sum (log f + log(u - f))     over the arcs that can carry something.

`optimum` returns a flow and a bound on its distance from the unique optimum, arc by arc. What it
returns is proved before it is returned, whatever way it was found: the l2 flow by its multipliers,
exactly, and the barrier flow by the residual of its gradient.
"""

from collections import deque
from fractions import Fraction
from math import isqrt

from exact_flow import flow_faults


def optimum(network, task, weight):
    """A flow, and for each arc how far it may be from the optimum's."""
    if task == "l2-flow":
        return l2_optimum(network, Fraction(weight)), [Fraction(0)] * len(network.tails)
    if task == "barrier-flow":
        return barrier_optimum(network, Fraction(weight))
    raise ValueError(f"no optimum of {task} is known here")


def linear_costs(network):
    """The costs of -value(f): -1 on an arc out of the source, 1 on an arc into it, 0 on a loop."""
    return [
        Fraction((head == network.source) - (tail == network.source))
        for tail, head in zip(network.tails, network.heads)
    ]


def inner_nodes(network):
    """The nodes at which a flow is conserved."""
    return [node for node in range(network.nodes) if node not in (network.source, network.sink)]


def incidence(network, node):
    """The row of a node: 1 on an arc into it, -1 on an arc out of it, 0 on a loop."""
    return [
        Fraction((head == node) - (tail == node))
        for tail, head in zip(network.tails, network.heads)
    ]


def l2_optimum(network, weight):
    """The l2 flow, by Lemke's method on the optimality conditions (Cottle, Dantzig 1968)."""
    count = len(network.tails)
    costs, rows = linear_costs(network), [incidence(network, node) for node in inner_nodes(network)]
    # Constraints G f >= b: the capacities, and conservation as two inequalities.
    constraints = [
        ([Fraction(-(arc == other)) for other in range(count)], -network.capacities[arc])
        for arc in range(count)
    ]
    for row in rows:
        constraints.append((row, Fraction(0)))
        constraints.append(([-entry for entry in row], Fraction(0)))
    matrix = [
        [2 * weight * (arc == other) for other in range(count)] + [-g[arc] for g, _ in constraints]
        for arc in range(count)
    ]
    matrix += [g + [Fraction(0)] * len(constraints) for g, _ in constraints]
    solution = complementary(matrix, costs + [-b for _, b in constraints])
    flow, multipliers = solution[:count], solution[count:]
    # The proof, for a convex problem: feasible, and stationary with multipliers of the right signs.
    if flow_faults(network, flow):
        raise AssertionError("the l2 flow is not feasible")
    for arc in range(count):
        gradient = costs[arc] + 2 * weight * flow[arc]
        gradient -= sum(y * g[arc] for y, (g, _) in zip(multipliers, constraints))
        if gradient < 0 or (gradient > 0 and flow[arc] > 0):
            raise AssertionError(f"the l2 flow is not stationary at arc {arc}")
    for multiplier, (row, bound) in zip(multipliers, constraints):
        slack = sum(entry * amount for entry, amount in zip(row, flow)) - bound
        if multiplier < 0 or (multiplier > 0 and slack > 0):
            raise AssertionError("a multiplier of the l2 flow does not belong there")
    return flow


def complementary(matrix, vector):
    """z >= 0 with w = M z + q >= 0 and z'w = 0, for M copositive-plus and solvable conditions.

    Lemke's pivots on w - M z - z0 = q. Ties are broken by the lexicographic order of rows, which
    rules out cycles: no basis returns, and there are finitely many.
    """
    size = len(vector)
    # Columns: w (the identity, which the lexicographic rule reads), z, z0, and the right side.
    tableau = [
        [Fraction(row == column) for column in range(size)]
        + [-entry for entry in matrix[row]]
        + [Fraction(-1), vector[row]]
        for row in range(size)
    ]
    artificial, right = 2 * size, 2 * size + 1
    basis = list(range(size))
    if all(entry >= 0 for entry in vector):
        return [Fraction(0)] * size

    def pivot(row, column):
        divisor = tableau[row][column]
        tableau[row] = [entry / divisor for entry in tableau[row]]
        for other in range(size):
            factor = tableau[other][column]
            if other != row and factor != 0:
                tableau[other] = [
                    entry - factor * above if above else entry
                    for entry, above in zip(tableau[other], tableau[row])
                ]
        left, basis[row] = basis[row], column
        return left

    def order(row, column):
        scale = 1 / tableau[row][column] if column is not None else 1
        return [tableau[row][right] * scale] + [entry * scale for entry in tableau[row][:size]]

    left = pivot(min(range(size), key=lambda row: order(row, None)), artificial)
    while left != artificial:
        entering = left + size if left < size else left - size
        rows = [row for row in range(size) if tableau[row][entering] > 0]
        if not rows:
            raise AssertionError("Lemke's method ended on a ray")
        least = min(order(row, entering) for row in rows)
        ties = [row for row in rows if order(row, entering) == least]
        left = pivot(ties[0], entering)
    solution = [Fraction(0)] * (2 * size + 1)
    for row, column in enumerate(basis):
        solution[column] = tableau[row][right]
    return solution[size : 2 * size]


def carrying(network):
    """The arcs that are positive in some flow or circulation.

    An arc of positive capacity is one if its head reaches its tail, perhaps through an arc from the
    sink to the source, which there is if the source reaches the sink.
    """
    successors = {node: set() for node in range(network.nodes)}
    for tail, head, capacity in network.arcs():
        if capacity > 0:
            successors[tail].add(head)

    def reachable(start):
        found, stack = {start}, [start]
        while stack:
            fresh = successors[stack.pop()] - found
            found |= fresh
            stack += fresh
        return found

    if network.sink in reachable(network.source):
        successors[network.sink].add(network.source)
    reach = {node: reachable(node) for node in range(network.nodes)}
    return [
        arc
        for arc, (tail, head, capacity) in enumerate(network.arcs())
        if capacity > 0 and tail in reach[head]
    ]


def rounded(number, bits=240):
    """The nearest fraction with a numerator of about so many bits."""
    if number == 0:
        return number
    shift = bits + number.denominator.bit_length() - number.numerator.bit_length()
    scale = Fraction(2) ** shift
    return round(number * scale) / scale


def solved(matrix, vector):
    """The solution of a positive definite system, by elimination."""
    rows = [list(row) + [entry] for row, entry in zip(matrix, vector)]
    for column in range(len(rows)):
        for row in range(column + 1, len(rows)):
            factor = rows[row][column] / rows[column][column]
            if factor:
                rows[row] = [
                    rounded(entry - factor * above) for entry, above in zip(rows[row], rows[column])
                ]
    solution = [Fraction(0)] * len(rows)
    for row in reversed(range(len(rows))):
        rest = sum(rows[row][k] * solution[k] for k in range(row + 1, len(rows)))
        solution[row] = rounded((rows[row][-1] - rest) / rows[row][row])
    return solution


def square_root(number):
    """A fraction that is at least the square root, and not by much."""
    if number == 0:
        return number
    shift = 2 ** max(0, 200 + number.denominator.bit_length() - number.numerator.bit_length())
    return Fraction(isqrt(int(number * shift * shift)) + 1, shift)


def rooted_tree(network, arcs):
    """For each inner node that arcs touch, its arc towards a root, the farthest nodes first.

    Source and sink are one root; a component with neither has one of its nodes for a root, which
    is left out: it is balanced if the others are.
    """
    ends = (network.source, network.sink)
    order, towards, seen = [], {}, set(ends)
    roots = [network.source, network.sink, *range(network.nodes)]
    for root in roots:
        if root in seen and root not in ends:
            continue
        seen.add(root)
        queue = deque([root])
        while queue:
            node = queue.popleft()
            for arc in arcs:
                pair = (network.tails[arc], network.heads[arc])
                for near, far in (pair, pair[::-1]):
                    if near == node and far not in seen:
                        seen.add(far)
                        towards[far] = arc
                        order.append(far)
                        queue.append(far)
    return [(node, towards[node]) for node in reversed(order)]


def balanced(network, flow, tree):
    """The flow with the arcs of the tree set so that every node is balanced, exactly."""
    flow = list(flow)
    for node, arc in tree:
        row = incidence(network, node)
        rest = (
            sum((entry * amount for entry, amount in zip(row, flow) if entry), Fraction(0))
            - row[arc] * flow[arc]
        )
        flow[arc] = -rest / row[arc]
    return flow


def interior_start(network, arcs):
    """A flow strictly inside the capacities of all these arcs: a little around each one's cycle."""
    flow = [Fraction(0)] * len(network.tails)
    little = min(network.capacities[arc] for arc in arcs) / (2 * len(arcs))
    for arc in arcs:
        start, goal = network.heads[arc], network.tails[arc]
        found, queue = {start: None}, deque([start])
        while goal not in found:
            node = queue.popleft()
            steps = [
                (other, network.heads[other]) for other in arcs if network.tails[other] == node
            ]
            if node == network.sink:
                steps.append((None, network.source))
            for other, head in steps:
                if head not in found:
                    found[head] = (other, node)
                    queue.append(head)
        flow[arc] += little
        while found[goal] is not None:
            other, goal = found[goal]
            if other is not None:
                flow[other] += little
    return flow


def barrier_optimum(network, weight):
    """A flow near the barrier optimum, by Newton's method with its step for barriers, and a bound.

    The steps, 1 / (1 + decrement), stay inside and converge (Nesterov, Nemirovskii 1994). The bound
    does not depend on that: a term's second derivative is at least s = 8 weight / u^2 everywhere, so
    with r the gradient less By and d the distance, sum s d^2 <= r'd, and
    sum s d^2 <= sum r^2 / s.
    """
    arcs = carrying(network)
    if not arcs:
        return [Fraction(0)] * len(network.tails), [Fraction(0)] * len(network.tails)
    costs, tree = linear_costs(network), rooted_tree(network, arcs)
    rows = [incidence(network, node) for node, _ in tree]
    flow = balanced(network, interior_start(network, arcs), tree)
    for _ in range(5000):
        slack = {arc: network.capacities[arc] - flow[arc] for arc in arcs}
        gradient = {arc: costs[arc] - weight * (1 / flow[arc] - 1 / slack[arc]) for arc in arcs}
        inverse = {
            arc: rounded(1 / (weight * (1 / flow[arc] ** 2 + 1 / slack[arc] ** 2))) for arc in arcs
        }
        potentials = solved(
            [
                [sum(a[e] * b[e] * inverse[e] for e in arcs if a[e] and b[e]) for b in rows]
                for a in rows
            ],
            [sum(a[e] * inverse[e] * gradient[e] for e in arcs if a[e]) for a in rows],
        )
        residual = {
            arc: gradient[arc] - sum(y * row[arc] for y, row in zip(potentials, rows) if row[arc])
            for arc in arcs
        }
        decrement = square_root(sum(r * r * inverse[e] for e, r in residual.items()) / weight)
        if decrement < Fraction(1, 10**40):
            break
        step = 1 / (1 + decrement) if decrement > Fraction(1, 4) else Fraction(1)
        flow = list(flow)
        for arc in arcs:
            flow[arc] = rounded(flow[arc] - step * inverse[arc] * residual[arc])
        flow = balanced(network, flow, tree)
    else:
        raise AssertionError("Newton's method did not get to the barrier optimum")
    # The proof: feasible, strictly inside, and the bound above.
    if flow_faults(network, flow) or any(not 0 < flow[e] < network.capacities[e] for e in arcs):
        raise AssertionError("the barrier flow is not strictly feasible")
    curvature = {arc: 8 * weight / network.capacities[arc] ** 2 for arc in arcs}
    distance = square_root(sum(r * r / curvature[e] for e, r in residual.items()))
    bounds = [Fraction(0)] * len(network.tails)
    for arc in arcs:
        bounds[arc] = distance * square_root(1 / curvature[arc])
    return flow, bounds
