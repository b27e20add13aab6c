public import CaseFiles
import Checker
import Generators
public import Properties
import Z3Bridge

/// What replaying a stored case came to.
public struct ReplayResult: Sendable {
  /// The property.
  public var property: String
  /// What came out; nil if the property does not apply to the case.
  public var outcome: Outcome?
  /// What should come out.
  public var expected: String
  /// Whether that is what came out.
  public var isAsExpected: Bool
}

/// Why a stored case cannot be run.
public enum StoredCaseError: Error, Sendable, Equatable {
  /// No property of the table has the name that the case gives.
  case unknownProperty(String)
  /// The file is a certificate: it says nothing of a property.
  case notACase
  /// The property does not fail on the case any more, so there is nothing to make smaller.
  case doesNotFail(property: String)
}

/// Runs a stored case again.
///
/// A case is tried on its property, and must pass unless it says `expected-failure`; a certificate
/// is tried on all properties of the table.
///
/// - Parameters:
///   - file: the case.
///   - table: the properties.
/// - Returns: one result for each property that was tried.
/// - Throws: ``StoredCaseError/unknownProperty(_:)``.
public func replayCase(
  _ file: CaseFile, table: [Property]
) throws(StoredCaseError) -> [ReplayResult] {
  let runner = CaseRunner(table: table, z3: Z3Session())
  let instance = Instance(file)
  guard let finding = file.finding else {
    let examination = runner.examination(instance)
    return table.compactMap { property in
      guard let outcome = property.outcome(on: examination) else { return nil }
      return ReplayResult(
        property: property.name, outcome: outcome, expected: property.expected.rawValue,
        isAsExpected: !property.isFailed(by: outcome) && !outcome.isContradiction)
    }
  }
  guard let property = table.first(where: { $0.name == finding.property }) else {
    throw .unknownProperty(finding.property)
  }
  let outcome = runner.outcome(of: property, on: instance)
  let shouldFail = finding.replay == .expectedFailure
  return [
    ReplayResult(
      property: property.name, outcome: outcome,
      expected: shouldFail ? "a failure" : property.expected.rawValue,
      isAsExpected: outcome.map { !property.isFailed(by: $0, isKnownToFail: shouldFail) }
        ?? !shouldFail)
  ]
}

/// Makes a stored case smaller while its property fails in the same way.
///
/// - Parameters:
///   - file: the case.
///   - table: the properties.
/// - Returns: the smaller case, with what the old one says of where it came from; the same case if
///   nothing smaller fails.
/// - Throws: ``StoredCaseError``.
public func shrinkStoredCase(
  _ file: CaseFile, table: [Property]
) throws(StoredCaseError) -> CaseFile {
  guard let finding = file.finding else { throw .notACase }
  guard let property = table.first(where: { $0.name == finding.property }) else {
    throw .unknownProperty(finding.property)
  }
  let instance = Instance(file)
  let runner = CaseRunner(table: [property], z3: Z3Session())
  guard let outcome = runner.outcome(of: property, on: instance),
    property.isFailed(by: outcome)
  else { throw .doesNotFail(property: property.name) }
  let smallest = shrinkCase(instance, property, outcome)
  return makeCaseFile(
    smallest.instance, property, smallest.outcome, version: flowcheckVersion,
    provenance: file.provenance, replay: finding.replay)
}
