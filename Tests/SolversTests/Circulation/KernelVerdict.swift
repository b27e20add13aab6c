import Checker
import Solvers

/// What the kernel says of an optimum: nil if it accepts it, or the rejection in words.
func kernelVerdict(
  _ problem: CirculationProblem, _ optimum: CirculationOptimum
) -> String? {
  switch checkCirculation(optimum.flow, in: problem) {
  case .rejected(let rejection): return "\(rejection)"
  case .accepted(let circulation):
    if circulation.value != optimum.value { return "value \(circulation.value)" }
    switch checkOptimality(circulation, optimum.duals) {
    case .accepted: return nil
    case .rejected(let rejection): return "\(rejection)"
    }
  }
}
