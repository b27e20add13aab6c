// What is certified of a solver, as it stands in a file: docs/certify.md. The model holds what was
// seen and decides nothing; Campaign makes it, and checks it again.
public import ExactArithmetic

/// What was seen of a solver, or of two beside each other.
public struct SolverCertificate: Sendable, Equatable {
  /// How it came out.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// Every promise was kept on every case.
    case certified
    /// Some promise was broken.
    case broken
    /// The solver crashed or hung.
    case crashed
    /// Two solvers disagree.
    case disagreement
    /// Some question was left open.
    case inconclusive
    /// No case was put to the solver.
    case nothingRan = "nothing-ran"
    /// The run was ended from outside; what it saw until then is here.
    case interrupted
  }

  /// A file and what it held.
  public struct HashedFile: Sendable, Hashable {
    /// The path as it was found.
    public var path: String
    /// SHA-256 of its bytes, in hexadecimal digits.
    public var sha256: String

    /// A file with its digest.
    public init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// Which solver it is about, and what that one promises.
  public struct Solver: Sendable, Equatable {
    /// The name under which its properties stand.
    public var name: String
    /// The version that it reports; empty if it reports none.
    public var version: String
    /// The command line.
    public var command: String
    /// The program of the command line, then the files that it names.
    public var files: [HashedFile]
    /// The tasks that it does, by their names in the protocol.
    public var tasks: [String]
    /// The numbers that it takes.
    public var numbers: String
    /// The largest violation that it allows itself, relative to the maximum-flow value.
    public var tolerance: Rational
    /// What it promises of its answers; nil if it does not say.
    public var returns: [String]?

    /// A solver from its parts.
    public init(
      name: String, version: String, command: String, files: [HashedFile], tasks: [String],
      numbers: String, tolerance: Rational, returns: [String]?
    ) {
      self.name = name
      self.version = version
      self.command = command
      self.files = files
      self.tasks = tasks
      self.numbers = numbers
      self.tolerance = tolerance
      self.returns = returns
    }
  }

  /// What was seen of one property.
  public struct PropertyCount: Sendable, Hashable {
    /// The property without the solver.
    public var id: String
    /// The solver; empty for a property of the cases.
    public var solver: String
    /// The statement, in one sentence.
    public var statement: String
    /// Whether somebody promises it.
    public var isPromised: Bool
    /// The cases with a verdict, or with none because a limit was reached.
    public var cases = 0
    /// The cases on which it holds.
    public var held = 0
    /// The cases on which a promise is broken.
    public var broken = 0
    /// The cases on which it does not hold, and nobody promised it.
    public var notPromised = 0
    /// The cases of which it does not speak.
    public var skipped = 0
    /// The cases without a verdict.
    public var inconclusive = 0

    /// A property that was seen on no case yet.
    public init(id: String, solver: String, statement: String, isPromised: Bool) {
      self.id = id
      self.solver = solver
      self.statement = statement
      self.isPromised = isPromised
    }
  }

  /// How far off the fields of a solver's answers were at most.
  public struct Accuracy: Sendable, Hashable {
    /// The solver.
    public var solver: String
    /// The answers that were measured.
    public var cases: Int
    /// The largest violation, relative to the maximum-flow value.
    public var residual: Double
    /// The digits of it, `-log10`; nil if nothing was ever off.
    public var digits: Double?

    /// An accuracy from its parts.
    public init(solver: String, cases: Int, residual: Double, digits: Double?) {
      self.solver = solver
      self.cases = cases
      self.residual = residual
      self.digits = digits
    }
  }

  /// How wide the exact attribution intervals of the cases are.
  public struct IntervalWidth: Sendable, Hashable {
    /// The cases whose intervals were computed.
    public var cases: Int
    /// The largest of their widest intervals, relative to the value.
    public var largest: Double
    /// The mean of their widest intervals, relative to the value.
    public var mean: Double

    /// A width from its parts.
    public init(cases: Int, largest: Double, mean: Double) {
      self.cases = cases
      self.largest = largest
      self.mean = mean
    }
  }

  /// How long a solver takes at one size.
  public struct SizeTime: Sendable, Hashable {
    /// The solver.
    public var solver: String
    /// The layers of the tensors.
    public var layers: Int
    /// The tokens of the tensors.
    public var tokens: Int
    /// The arcs of their networks.
    public var arcs: Int
    /// `answered`, or why there are no times.
    public var outcome: String
    /// For each tensor the least time of an answer, in milliseconds.
    public var milliseconds: [Double] = []
    /// For each tensor the value that was answered.
    public var values: [Double] = []
    /// For each tensor the SHA-256 of all numbers of the answer.
    public var answers: [String] = []

    /// A size at which nothing was timed yet.
    public init(solver: String, layers: Int, tokens: Int, arcs: Int, outcome: String) {
      self.solver = solver
      self.layers = layers
      self.tokens = tokens
      self.arcs = arcs
      self.outcome = outcome
    }

    /// The middle of the times; nil if there are none.
    public var median: Double? {
      milliseconds.isEmpty ? nil : milliseconds.sorted()[milliseconds.count / 2]
    }
  }

  /// A property that does not hold, on the smallest case that was found.
  public struct Finding: Sendable, Equatable {
    /// What kind of failure it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// A number or a set is wrong, or one that is promised is missing.
      case wrong
      /// There is no answer in the form of the protocol.
      case malformed
      /// The process ended.
      case crash
      /// There was no answer in time.
      case hang
      /// Two solvers answer differently.
      case disagreement
    }

    /// The property without the solver.
    public var property: String
    /// The solver, or both with a slash between them.
    public var solver: String
    /// What kind of failure it is.
    public var kind: Kind
    /// What is wrong and where.
    public var sentence: String
    /// Where the case came from before it was made smaller.
    public var source: String
    /// A command that tries the solver again.
    public var reproduce: String
    /// The case: the statement, the answer, and the proof of the exact value; nil if it was not
    /// even possible to ask, because the solver does not describe itself.
    public var file: CaseFile?
    /// The answers of both solvers, if they disagree.
    public var answers: [CaseFile.SolverClaim]

    /// A finding from its parts.
    public init(
      property: String, solver: String, kind: Kind, sentence: String, source: String,
      reproduce: String, file: CaseFile?, answers: [CaseFile.SolverClaim] = []
    ) {
      self.property = property
      self.solver = solver
      self.kind = kind
      self.sentence = sentence
      self.source = source
      self.reproduce = reproduce
      self.file = file
      self.answers = answers
    }

    /// The name of the case, made from its statement and its property; without a case the property.
    public var id: String { file.map { String($0.contentName.prefix { $0 != "." }) } ?? property }

    /// The number of arcs of the case; 0 without one.
    public var arcCount: Int { file?.arcCount ?? 0 }

    /// What makes two findings the same: property, solver's place, and kind.
    public var key: String { "\(property) \(kind.rawValue)" }
  }

  /// What it says, in a sentence.
  public var about: String
  /// How it came out.
  public var verdict: Verdict
  /// The solver, or both.
  public var solvers: [Solver]
  /// The version of the program that saw it.
  public var version: String
  /// SHA-256 of that program.
  public var programDigest: String
  /// What the run depends on, by name.
  public var settings: [CaseFile.Provenance]
  /// The cases of each phase, by name, in order.
  public var cases: [CaseCount]
  /// The digest of the run over settings, cases and verdicts.
  public var runDigest: String
  /// What was seen of each property.
  public var properties: [PropertyCount] = []
  /// How accurate each solver was.
  public var accuracy: [Accuracy] = []
  /// How arbitrary the attributions of the cases are; nil if no interval was computed.
  public var intervalWidth: IntervalWidth?
  /// How long each solver takes at each size.
  public var times: [SizeTime] = []
  /// What does not hold, each on its smallest case.
  public var findings: [Finding] = []

  /// The number of cases of a phase.
  public struct CaseCount: Sendable, Hashable {
    /// The phase.
    public var name: String
    /// The number of cases.
    public var count: Int

    /// A phase with its number of cases.
    public init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// A certificate of a run; what it saw is added afterwards.
  public init(
    about: String, verdict: Verdict, solvers: [Solver], version: String, programDigest: String,
    settings: [CaseFile.Provenance], cases: [CaseCount], runDigest: String
  ) {
    self.about = about
    self.verdict = verdict
    self.solvers = solvers
    self.version = version
    self.programDigest = programDigest
    self.settings = settings
    self.cases = cases
    self.runDigest = runDigest
  }
}
