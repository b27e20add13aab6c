"""Networks for libraries whose graphs have no parallel arcs and no loops.

A loop carries nothing and is left out: its flow is 0. Of arcs between the same two nodes the first
stays, and each other one goes through a node of its own. So no capacities are added and no flow is
divided: nothing is rounded, nothing overflows, and what is wrong is wrong in the library's answer.
"""


def simple_graph(problem):
    """The number of nodes, and for each arc its links (tail, head, capacity).

    An arc has no link if it is a loop, one if it is the first between its ends, and otherwise two.
    The nodes of the problem keep their numbers. The flow of an arc is that of its first link, and
    the source side of a cut that of the graph without the added nodes.
    """
    nodes = problem.nodes
    seen = set()
    links_of_arcs = []
    for tail, head, capacity in problem.arcs:
        if tail == head:
            links = ()
        elif (tail, head) not in seen:
            seen.add((tail, head))
            links = ((tail, head, capacity),)
        else:
            links = ((tail, nodes, capacity), (nodes, head, capacity))
            nodes += 1
        links_of_arcs.append(links)
    return nodes, links_of_arcs


def flow_of_arcs(links_of_arcs, flow_of_link):
    """The flow on each arc, from a function of the ends of a link."""
    return [flow_of_link(*links[0][:2]) if links else 0 for links in links_of_arcs]
