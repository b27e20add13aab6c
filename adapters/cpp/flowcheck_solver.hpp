// Turns a C++ function into a solver that flowcheck can certify; reads JSON by Debian's
// nlohmann-json3-dev. The function takes a problem and returns the fields of the answer; an
// exception that it throws ends the process, and becomes a finding.
//
// What is asked and what may be answered is in docs/protocol.md.

#pragma once

#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace flowcheck {

using Json = nlohmann::ordered_json;

// The network of a request. Parallel arcs, loops and capacities of 0 occur.
template <typename Number>
struct Network {
  int nodes;  // 0 ... nodes - 1
  int source;
  int sink;
  std::vector<int> tails;
  std::vector<int> heads;
  std::vector<Number> capacities;

  explicit Network(const Json& network)
      : nodes(network.at("nodes")),
        source(network.at("source")),
        sink(network.at("sink")),
        tails(network.at("tails").get<std::vector<int>>()),
        heads(network.at("heads").get<std::vector<int>>()),
        capacities(network.at("capacities").get<std::vector<Number>>()) {}
};

// Thrown for a problem that the solver says it cannot solve; the case then does not count.
struct Unsupported {};

// What a solver says of itself.
struct Description {
  std::string name;
  std::string version;
  std::string numbers;              // "double", "int32" or "int64"
  double tolerance;                 // relative to the exact maximum; 0 for exact answers
  std::vector<std::string> returns;
};

// Answers requests for maximum flows from standard input until it ends.
template <typename Number, typename Solve>
void serve(const Description& description, Solve solve) {
  for (std::string line; std::getline(std::cin, line);) {
    const Json request = Json::parse(line);
    const std::string task = request.at("task");
    Json answer = {{"id", request.at("id")}};
    if (task == "describe") {
      answer["status"] = "ok";
      answer["name"] = description.name;
      answer["version"] = description.version;
      answer["tasks"] = Json::array({"max-flow"});
      answer["numbers"] = description.numbers;
      answer["tolerance"] = description.tolerance;
      answer["returns"] = description.returns;
    } else if (task == "max-flow") {
      try {
        const Json fields = solve(Network<Number>(request.at("network")));
        answer["status"] = "optimal";
        answer.update(fields);
      } catch (const Unsupported&) {
        answer["status"] = "unsupported";
      }
    } else {
      answer["status"] = "unsupported";
    }
    std::cout << answer.dump() << '\n' << std::flush;
  }
}

}  // namespace flowcheck
