// Maximum flow of an attention tensor by LEMON's Preflow, timed from the tensor in memory.
//
// Usage: lemon_maxflow FILE LAYERS TOKENS RUNS. FILE holds float32 entries in row-major order; capacities are
// floor(a * 2^30), super arcs have T * 2^30. Prints the value and the processor time of each run.
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const int layers = std::atoi(argv[2]), tokens = std::atoi(argv[3]), runs = std::atoi(argv[4]);
  std::vector<float> entries(size_t(layers) * tokens * tokens);
  std::FILE* file = std::fopen(argv[1], "rb");
  if (!file || std::fread(entries.data(), sizeof(float), entries.size(), file) != entries.size()) return 2;
  std::fclose(file);
  const double scale = 1 << 30;
  for (int run = 0; run < runs; run++) {
    const std::clock_t start = std::clock();
    lemon::SmartDigraph graph;
    const int nodes = (layers + 1) * tokens + 2;
    graph.reserveNode(nodes);
    graph.reserveArc(entries.size() + 2 * tokens);
    for (int node = 0; node < nodes; node++) graph.addNode();
    std::vector<int64_t> amounts;
    amounts.reserve(entries.size() + 2 * tokens);
    const auto add = [&](int tail, int head, double capacity) {
      graph.addArc(graph.nodeFromId(tail), graph.nodeFromId(head));
      amounts.push_back(int64_t(capacity * scale));
    };
    size_t entry = 0;
    for (int l = 0; l < layers; l++)
      for (int i = 0; i < tokens; i++)
        for (int j = 0; j < tokens; j++) add(tokens * (l + 1) + i + 1, tokens * l + j + 1, entries[entry++]);
    for (int i = 0; i < tokens; i++) add(nodes - 1, tokens * layers + i + 1, tokens);
    for (int j = 0; j < tokens; j++) add(j + 1, 0, tokens);
    lemon::SmartDigraph::ArcMap<int64_t> capacities(graph);
    for (size_t arc = 0; arc < amounts.size(); arc++) capacities[graph.arcFromId(arc)] = amounts[arc];
    lemon::Preflow<lemon::SmartDigraph, lemon::SmartDigraph::ArcMap<int64_t>> solver(
        graph, capacities, graph.nodeFromId(nodes - 1), graph.nodeFromId(0));
    solver.run();
    const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf("%lld %.9f\n", (long long)solver.flowValue(), seconds);
  }
}
