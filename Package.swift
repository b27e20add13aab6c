// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target shares. Nothing is inlined across modules without
/// `-cross-module-optimization`: generic arithmetic would be some ten times slower.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A system library: a module map and one shim header; some have no pkg-config file.
func system(_ name: String, package: String?, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/SystemLibraries/\(name)", pkgConfig: package,
    providers: [.apt([debian])])
}

/// A module of the library; every one has a README beside its sources.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: settings)
}

/// The tests of one module; `Tests/Support` holds the oracles they share.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies,
    exclude: fixtures, swiftSettings: settings)
}

let package = Package(
  name: "flowcheck",
  products: [
    .executable(name: "flowcheck", targets: ["flowcheck"]),
    .library(
      name: "AttentionFlow", targets: ["AttentionFlow", "CaseFiles", "Checker", "ExactArithmetic"]),
  ],
  targets: [
    system("CCHOLMOD", package: nil, debian: "libsuitesparse-dev"),
    system("CGMP", package: "gmp", debian: "libgmp-dev"),
    system("CMalloc", package: nil, debian: "libc6-dev"),
    system("CMD", package: "libmd", debian: "libmd-dev"),
    system("COpenBLAS", package: "openblas", debian: "libopenblas-dev"),
    system("CZ3", package: "z3", debian: "libz3-dev"),
    system("CZlib", package: "zlib", debian: "zlib1g-dev"),
    module("ExactArithmetic", ["CGMP"]),
    module("Checker", ["ExactArithmetic"]),
    module("Networks", ["ExactArithmetic", "Checker"]),
    module("Generators", ["ExactArithmetic", "Checker"]),
    module("Solvers", ["CCHOLMOD", "COpenBLAS", "ExactArithmetic", "Checker", "Networks"]),
    module("Z3Bridge", ["CZ3", "ExactArithmetic", "Checker", "Networks"]),
    module("SolverInterface", ["ExactArithmetic", "Checker", "Networks", "Solvers"]),
    module("Mutants", ["ExactArithmetic", "Checker", "Networks", "Solvers", "SolverInterface"]),
    module("CaseFiles", ["CMD", "CZlib", "ExactArithmetic", "Checker", "Networks"]),
    module(
      "SolverProcess",
      ["ExactArithmetic", "Checker", "Networks", "SolverInterface", "CaseFiles"]),
    module(
      "Properties",
      [
        "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "Z3Bridge",
        "SolverInterface",
      ]),
    module(
      "Campaign",
      [
        "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "Z3Bridge",
        "SolverInterface", "CaseFiles", "SolverProcess", "Properties",
      ]),
    module(
      "AttentionFlow", ["ExactArithmetic", "Checker", "CaseFiles", "Properties", "Campaign"]),
    .executableTarget(
      name: "library-example", dependencies: ["AttentionFlow", "CaseFiles", "Checker"],
      path: "examples/library", swiftSettings: settings),
    .executableTarget(
      name: "solver-example", dependencies: ["SolverInterface", "SolverProcess"],
      path: "examples/solver", swiftSettings: settings),
    .executableTarget(
      name: "flowcheck",
      dependencies: [
        "CMalloc", "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "Z3Bridge",
        "SolverInterface", "Mutants", "CaseFiles", "SolverProcess", "Properties", "Campaign",
      ], exclude: ["README.md"], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["ExactArithmetic", "Checker", "CaseFiles"],
      path: "Tests/Support", swiftSettings: settings),
    .testTarget(name: "TidyTests", swiftSettings: settings),
    tests("ExactArithmetic", []),
    tests("Checker", ["ExactArithmetic", "Solvers", "TestSupport"]),
    tests("Networks", ["ExactArithmetic", "Checker"]),
    tests("Generators", ["ExactArithmetic", "Checker", "TestSupport"]),
    tests(
      "Solvers",
      ["ExactArithmetic", "Checker", "Networks", "Generators", "CaseFiles", "TestSupport"]),
    tests(
      "Mutants",
      [
        "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "SolverInterface",
        "Properties", "Campaign",
      ]),
    tests("Z3Bridge", ["ExactArithmetic", "Checker"]),
    tests(
      "SolverInterface", ["ExactArithmetic", "Checker", "Networks", "Solvers", "TestSupport"]),
    tests(
      "CaseFiles",
      ["ExactArithmetic", "Checker", "Generators", "Properties", "CZlib", "TestSupport"]),
    tests(
      "SolverProcess",
      [
        "ExactArithmetic", "Checker", "Networks", "SolverInterface", "CaseFiles", "Properties",
        "Campaign", "TestSupport",
      ], fixtures: ["Fixtures"]),
    tests(
      "Properties",
      [
        "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "SolverInterface",
        "Campaign", "TestSupport",
      ]),
    tests(
      "Campaign",
      [
        "ExactArithmetic", "Checker", "Networks", "Generators", "Solvers", "SolverInterface",
        "CaseFiles", "Properties", "TestSupport",
      ]),
    tests("flowcheck", ["ExactArithmetic", "Checker", "Solvers", "CaseFiles", "TestSupport"]),
  ]
)
