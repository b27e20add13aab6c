// LEMON 1.3.1: an arc of capacity 1e-12 carries nothing, since Preflow and EdmondsKarp on doubles take what
// is less than 1e-10, whatever the scale, for 0. Build with: g++ FILE -l:liblemon.a
#include <iostream>
#include <lemon/smart_graph.h>
#include <lemon/edmonds_karp.h>
#include <lemon/preflow.h>
int main() {
  lemon::SmartDigraph graph;
  const auto source = graph.addNode(), sink = graph.addNode();
  using Capacities = lemon::SmartDigraph::ArcMap<double>;
  Capacities capacity(graph);
  capacity[graph.addArc(source, sink)] = 1e-12;
  lemon::Preflow<lemon::SmartDigraph, Capacities> preflow(graph, capacity, source, sink);
  lemon::EdmondsKarp<lemon::SmartDigraph, Capacities> edmondsKarp(graph, capacity, source, sink);
  preflow.run();
  edmondsKarp.run();
  std::cout << "values " << preflow.flowValue() << " and " << edmondsKarp.flowValue() << " of 1e-12\n";
  return preflow.flowValue() == 1e-12 || edmondsKarp.flowValue() == 1e-12;
}
