"""What an answer about a maximum flow is worth, in fractions. Shares no code with flowcheck.

Numbers are exact: an integer is itself, a float the dyadic fraction that it is. The maximum is
found by augmenting shortest paths (Edmonds and Karp 1972), which ends for any rational capacities
after at most nodes * arcs augmentations, and is confirmed by a cut before it is used.
"""

from collections import deque
from fractions import Fraction


class Network:
    """Nodes from 0, and an exact capacity for each arc."""

    def __init__(self, nodes, source, sink, tails, heads, capacities):
        if not len(tails) == len(heads) == len(capacities):
            raise ValueError("tails, heads and capacities differ in length")
        if source == sink:
            raise ValueError("source and sink are the same node")
        if not all(0 <= node < nodes for node in [source, sink, *tails, *heads]):
            raise ValueError("a node is out of range")
        self.nodes, self.source, self.sink = nodes, source, sink
        self.tails, self.heads = tails, heads
        self.capacities = [Fraction(capacity) for capacity in capacities]
        if any(capacity < 0 for capacity in self.capacities):
            raise ValueError("a capacity is negative")

    def arcs(self):
        """Triples of tail, head and capacity."""
        return zip(self.tails, self.heads, self.capacities)


def maximum_flow(network):
    """A maximum flow, one fraction an arc, and the source side of a minimum cut."""
    flow = [Fraction(0)] * len(network.tails)
    while True:
        # Breadth first; `reached` holds the arc, and whether along it, by which a node was found.
        reached = {network.source: None}
        queue = deque([network.source])
        while queue and network.sink not in reached:
            node = queue.popleft()
            for arc, (tail, head, capacity) in enumerate(network.arcs()):
                if tail == node and head not in reached and flow[arc] < capacity:
                    reached[head] = (arc, True)
                    queue.append(head)
                if head == node and tail not in reached and flow[arc] > 0:
                    reached[tail] = (arc, False)
                    queue.append(tail)
        if network.sink not in reached:
            break
        path, node = [], network.sink
        while reached[node] is not None:
            arc, along = reached[node]
            path.append((arc, along))
            node = network.tails[arc] if along else network.heads[arc]
        amount = min(
            network.capacities[arc] - flow[arc] if along else flow[arc] for arc, along in path
        )
        for arc, along in path:
            flow[arc] += amount if along else -amount
    cut = set(reached)
    if flow_faults(network, flow) or flow_value(network, flow) != cut_capacity(network, cut):
        raise AssertionError("the flow and the cut do not prove each other")
    return flow, cut


def flow_value(network, flow):
    """The net flow out of the source."""
    value = Fraction(0)
    for tail, head, amount in zip(network.tails, network.heads, flow):
        if tail == network.source:
            value += Fraction(amount)
        if head == network.source:
            value -= Fraction(amount)
    return value


def cut_capacity(network, side):
    """The capacity of the arcs that leave a set of nodes."""
    return sum(
        (capacity for tail, head, capacity in network.arcs() if tail in side and head not in side),
        Fraction(0),
    )


def flow_faults(network, flow):
    """Pairs of a sentence and a positive amount: where a flow breaks bounds or conservation."""
    faults = []
    balance = [Fraction(0)] * network.nodes
    for arc, (tail, head, capacity) in enumerate(network.arcs()):
        amount = Fraction(flow[arc])
        faults.append((f"arc {arc} carries less than 0", -amount))
        faults.append((f"arc {arc} carries more than its capacity", amount - capacity))
        balance[tail] -= amount
        balance[head] += amount
    for node in range(network.nodes):
        if node not in (network.source, network.sink):
            faults.append((f"node {node} is not balanced", abs(balance[node])))
    return [(fault, amount) for fault, amount in faults if amount > 0]


def answer_faults(network, answer, tolerance=Fraction(0)):
    """All that is wrong with an answer: triples of a field, a sentence and an exact amount.

    The fields are `value`, and where they are there `flow`, `cut` and `attribution`. The tolerance
    is relative to the exact maximum.
    """
    best, _ = maximum_flow(network)
    maximum = flow_value(network, best)
    value = Fraction(answer["value"])
    faults = [("value", "the value is not the maximum", abs(value - maximum))]
    for field, check in (
        ("flow", flow_answer_faults),
        ("cut", cut_answer_faults),
        ("attribution", attribution_faults),
    ):
        if field in answer:
            faults += [(field, *fault) for fault in check(network, answer, maximum)]
    slack = Fraction(tolerance) * maximum
    return [fault for fault in faults if fault[-1] > slack]


def flow_answer_faults(network, answer, maximum):
    """What is wrong with the flow of an answer, each thing with its amount."""
    flow, value = answer["flow"], Fraction(answer["value"])
    if len(flow) != len(network.tails):
        return [("the flow has another number of arcs", Fraction(maximum + 1))]
    carried = flow_value(network, flow)
    return flow_faults(network, flow) + [
        ("the flow carries another value than the answer says", abs(carried - value)),
        ("the flow is not maximal", abs(carried - maximum)),
    ]


def cut_answer_faults(network, answer, maximum):
    """What is wrong with the cut of an answer, each thing with its amount."""
    side = set(answer["cut"])
    if network.source not in side or network.sink in side:
        return [("the cut does not separate source and sink", Fraction(maximum + 1))]
    return [("the cut is not a minimum cut", cut_capacity(network, side) - maximum)]


def attribution_faults(network, answer, maximum):
    """What is wrong with the flows on the arcs into the sink, each thing with its amount.

    Beside a flow they are that flow's. Alone they keep the capacities and add up to the maximum, if
    nothing leaves the sink.
    """
    ending = [arc for arc, head in enumerate(network.heads) if head == network.sink]
    shares = [Fraction(share) for share in answer["attribution"]]
    if len(shares) != len(ending):
        return [("the attribution has another number of arcs", Fraction(maximum + 1))]
    faults = []
    for arc, share in zip(ending, shares):
        faults.append((f"arc {arc} is attributed less than 0", -share))
        excess = share - network.capacities[arc]
        faults.append((f"arc {arc} is attributed more than its capacity", excess))
        if arc < len(answer.get("flow", [])):
            difference = abs(share - Fraction(answer["flow"][arc]))
            faults.append((f"arc {arc} is attributed another flow", difference))
    if "flow" not in answer and network.sink not in network.tails:
        faults.append(("the attributions do not add up", abs(sum(shares) - maximum)))
    return faults
