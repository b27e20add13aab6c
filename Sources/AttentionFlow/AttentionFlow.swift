import Campaign
public import CaseFiles
public import Checker
import ExactArithmetic
import Properties

/// Attention whose flow is asked about.
///
///     let attention = try AttentionFlow(attention: [[[0.5, 0.5], [0.25, 0.75]]])
///     let answer = try attention.answer()
///     print(answer.summary.value, answer.summary.uniqueFlow)
public struct AttentionFlow: Sendable {
  /// The exact tensor.
  public let tensor: EffectiveTensor

  /// Attention from an exact tensor.
  public init(tensor: EffectiveTensor) { self.tensor = tensor }

  /// Attention from nested lists, `attention[l][i][j]`: what token `i` of layer `l+1` pays to token
  /// `j` of layer `l`; each double is taken as the dyadic rational that it is.
  ///
  /// - Throws: ``AttentionError/notRectangular`` if the lists are not `L` squares of one size,
  ///   ``AttentionError/notFinite`` for a number that is not finite, and
  ///   ``AttentionError/statement(_:)`` for what the kernel refuses, such as negative entries.
  public init(attention: [[[Double]]]) throws(AttentionError) {
    let tokens = attention.first?.count ?? 0
    let isRectangular = attention.allSatisfy { layer in
      layer.count == tokens && layer.allSatisfy { $0.count == tokens }
    }
    guard isRectangular else { throw .notRectangular }
    guard let entries = ExactVector(exactly: attention.flatMap { $0.flatMap { $0 } }) else {
      throw .notFinite
    }
    do {
      tensor = try EffectiveTensor(layers: attention.count, tokens: tokens, entries: entries)
    } catch {
      throw .statement(error)
    }
  }

  /// Attention from a file: .npy, .npz, .safetensors or JSON; `FILE:KEY` names an array.
  ///
  /// - Throws: `InputError`, which names file, field and place.
  public init(path: String, options: PreparationOptions = .init()) throws(InputError) {
    tensor = try RawTensor.read(path).prepared(options).tensor
  }

  /// What all maximum flows have in common, proved.
  ///
  /// - Parameter mode: which top tokens are fed.
  /// - Returns: the answer, with its certificate.
  /// - Throws: ``AttentionError/statement(_:)`` if the token of the mode does not exist, and
  ///   ``AttentionError/refused`` if the kernel refuses the certificate, which is a bug.
  public func answer(mode: Mode = .all) throws(AttentionError) -> AttentionAnswer {
    let examination: Examination
    do {
      examination = try Examination(tensor: tensor, mode: mode)
    } catch {
      throw .statement(error)
    }
    guard case .accepted((let answer, let certificate)) = examination.certified else {
      throw .refused
    }
    return AttentionAnswer(
      tensor: tensor, mode: mode, summary: AnswerSummary(answer), certificate: certificate)
  }
}

/// Why there is no answer.
public enum AttentionError: Error, Sendable, Equatable {
  /// The lists are not `L` squares of one size.
  case notRectangular
  /// A number is not finite.
  case notFinite
  /// The kernel refuses the statement.
  case statement(StatementError)
  /// The kernel refused the certificate of this library: a bug.
  case refused
}

/// An answer that the kernel accepted.
public struct AttentionAnswer: Sendable {
  /// The tensor.
  public let tensor: EffectiveTensor
  /// Which top tokens are fed.
  public let mode: Mode
  /// Value, uniqueness, the intervals of the bottom tokens.
  public let summary: AnswerSummary
  /// The proof of all of it.
  public let certificate: FlowCertificate

  /// The contents of a certificate file, which `flowcheck verify` accepts.
  ///
  /// - Parameter about: what the file shows and where it comes from.
  /// - Returns: the contents; `bytes` of them is the file.
  public func file(about: String) -> CaseFile {
    CaseFile(
      about: about, version: flowcheckVersion, provenance: [],
      statement: .tensor(tensor, mode, Conventions()), answer: summary, proof: certificate)
  }
}

/// Re-checks a certificate or case file with the kernel alone.
///
/// - Returns: nil if the file is valid, else what is wrong with it.
/// - Throws: `InputError` if the file is not a certificate or case at all.
public func verifyCertificate(path: String) throws(InputError) -> String? {
  switch verify(try CaseFile.read(try InputFile(path: path))) {
  case .valid: nil
  case .invalid(let field, let reason): "\(field): \(reason)"
  }
}
