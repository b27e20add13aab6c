// LEMON: lemon_flow ALGORITHM NUMBERS, where ALGORITHM is preflow or edmonds_karp and NUMBERS is
// double or int64. The algorithms run as they come, with LEMON's own tolerance for doubles; it
// documents no accuracy, and is held to 1e-9 on doubles and to exact answers on integers.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <lemon/smart_graph.h>
// Behind a graph, without which this header of LEMON 1.3.1 does not compile.
#include <lemon/config.h>
#include <lemon/edmonds_karp.h>
#include <lemon/preflow.h>

#include "flowcheck_solver.hpp"

namespace {

using Graph = lemon::SmartDigraph;
using flowcheck::Json;
using flowcheck::Network;

// A value that int64 cannot hold is not asked for: this solver says that it cannot solve networks in
// which all arcs out of the source, or all into the sink, might carry more together.
bool valueFits(const Network<std::int64_t>& network) {
  const auto sum = [&](const std::vector<int>& ends, int node) {
    unsigned __int128 total = 0;
    for (std::size_t arc = 0; arc < ends.size(); ++arc) {
      if (ends[arc] == node) total += static_cast<std::uint64_t>(network.capacities[arc]);
    }
    return total;
  };
  const auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return sum(network.tails, network.source) <= limit || sum(network.heads, network.sink) <= limit;
}

bool valueFits(const Network<double>&) { return true; }

// The value, a maximum flow, and the source side of a minimum cut.
template <typename Number, template <typename...> class Algorithm>
Json solve(const Network<Number>& network) {
  if (!valueFits(network)) throw flowcheck::Unsupported{};
  Graph graph;
  for (int node = 0; node < network.nodes; ++node) graph.addNode();
  Graph::ArcMap<Number> capacity(graph);
  std::vector<Graph::Arc> arcs;
  for (std::size_t arc = 0; arc < network.tails.size(); ++arc) {
    arcs.push_back(
        graph.addArc(graph.nodeFromId(network.tails[arc]), graph.nodeFromId(network.heads[arc])));
    capacity[arcs.back()] = network.capacities[arc];
  }
  Algorithm<Graph, Graph::ArcMap<Number>> algorithm(
      graph, capacity, graph.nodeFromId(network.source), graph.nodeFromId(network.sink));
  algorithm.run();
  Json flow = Json::array();
  for (const auto& arc : arcs) flow.push_back(algorithm.flow(arc));
  Json cut = Json::array();
  for (int node = 0; node < network.nodes; ++node) {
    if (algorithm.minCut(graph.nodeFromId(node))) cut.push_back(node);
  }
  return {{"value", algorithm.flowValue()}, {"flow", flow}, {"cut", cut}};
}

template <typename Graph, typename Capacity>
using Preflow = lemon::Preflow<Graph, Capacity>;
template <typename Graph, typename Capacity>
using EdmondsKarp = lemon::EdmondsKarp<Graph, Capacity>;

template <typename Number>
int serve(const std::string& algorithm, const std::string& numbers) {
  const flowcheck::Description description{
      "LEMON " + algorithm + " " + numbers, LEMON_VERSION, numbers,
      std::is_same_v<Number, double> ? 1e-9 : 0, {"value", "flow", "cut"}};
  if (algorithm == "preflow") {
    flowcheck::serve<Number>(description, solve<Number, Preflow>);
  } else {
    flowcheck::serve<Number>(description, solve<Number, EdmondsKarp>);
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> choices(words + 1, words + count);
  if (choices.size() == 2 && (choices[0] == "preflow" || choices[0] == "edmonds_karp")) {
    if (choices[1] == "double") return serve<double>(choices[0], choices[1]);
    if (choices[1] == "int64") return serve<std::int64_t>(choices[0], choices[1]);
  }
  std::cerr << "usage: lemon_flow preflow|edmonds_karp double|int64\n";
  return 2;
}
