import Foundation
public import Testing

extension Tag {
  /// A test that takes more than a few seconds.
  @Tag public static var long: Self
}

/// Whether the long tests run too: with `FLOWCHECK_TESTS=all` in the environment.
public let isFullRun = ProcessInfo.processInfo.environment["FLOWCHECK_TESTS"] == "all"

extension Trait where Self == ConditionTrait {
  /// Runs the test only with `FLOWCHECK_TESTS=all` in the environment.
  public static var onlyInFullRuns: Self {
    .enabled(if: isFullRun, "long; set FLOWCHECK_TESTS=all")
  }
}
