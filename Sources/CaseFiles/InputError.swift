/// What is wrong with an input, and where.
///
/// The facts are here; the prose is in `InputProblem.sentence`, and exit codes belong to the
/// command.
public struct InputError: Error, Equatable, Sendable {
  /// The file as the user named it, or a word such as "answer" for bytes without a file.
  public var file: String

  /// The field, such as `tensor[0][2][1]` or `flow.cut`; empty for the file as a whole.
  public var place: String

  /// The line and column in a text file; nil in binary files and for the file as a whole.
  public var position: TextPosition?

  /// The way of being wrong.
  public var problem: InputProblem

  /// Creates an error from its four facts.
  public init(
    file: String, place: String = "", position: TextPosition? = nil, problem: InputProblem
  ) {
    self.file = file
    self.place = place
    self.position = position
    self.problem = problem
  }
}

/// A place in a text file, counted from 1 as editors do.
public struct TextPosition: Equatable, Sendable {
  /// The line, counted from 1.
  public var line: Int

  /// The column in characters (Unicode scalars), counted from 1.
  public var column: Int

  /// Creates a position from a line and a column, both counted from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension InputError: CustomStringConvertible {
  /// The file, line, column and field, then one plain sentence.
  ///
  /// Example: `t.json:3:7: tensor[0][2][1]: the entry is negative: -0.5.`
  public var description: String {
    var text = file
    if let position { text += ":\(position.line):\(position.column)" }
    if !place.isEmpty { text += ": \(place)" }
    return text + ": " + problem.sentence
  }
}
