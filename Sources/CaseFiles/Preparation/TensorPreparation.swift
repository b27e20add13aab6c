import Checker
import ExactArithmetic

// From a raw tensor to the effective tensor.
//
// Float input is computed in binary64, fraction input exactly. The order is: batch, heads, layers,
// transposition, row sums, residual. Nothing is normalised but the rows of a residual tensor.

extension RawTensor {
  /// Makes the tensor that the kernel judges.
  ///
  /// `options`: what to choose and what to do.
  /// Throws `InputError` when the options do not fit the shape, when a sum leaves the range of
  /// binary64, and in strict mode when a row sum is beyond the tolerance.
  public func prepared(_ options: PreparationOptions = .init()) throws(InputError) -> PreparedTensor
  {
    let selection = try AxisSelection(self, options)
    switch values {
    case .doubles(let values):
      let plain = try inRange { () throws(RangeFailure) in
        let plain = try selected(values, selection, options)
        try requireRowSums(plain, tokens: selection.tokens)
        return plain
      }
      let (rowSums, warnings) = try checkedRowSums(exact(plain), selection, options)
      let final = try residual(plain, selection, options)
      return try prepared(exact(final), final, selection, options, rowSums, warnings)
    case .rationals(let values):
      let plain = try inRange { () throws(RangeFailure) in
        try selected(values, selection, options)
      }
      let (rowSums, warnings) = try checkedRowSums(exact(plain), selection, options)
      let final = try residual(plain, selection, options)
      return try prepared(exact(final), nil, selection, options, rowSums, warnings)
    }
  }

  private func selected<Number: TensorNumber>(
    _ values: [Number], _ selection: AxisSelection, _ options: PreparationOptions
  ) throws(RangeFailure) -> [Number] {
    let reduced = try selection.reduce(values, options.heads)
    guard options.isTransposed else { return reduced }
    return transposed(reduced, layers: selection.layers.count, tokens: selection.tokens)
  }

  private func residual<Number: TensorNumber>(
    _ values: [Number], _ selection: AxisSelection, _ options: PreparationOptions
  ) throws(InputError) -> [Number] {
    guard options.hasResidual else { return values }
    return try inRange { () throws(RangeFailure) in
      try withResidual(values, tokens: selection.tokens)
    }
  }

  /// Checks the rows before the residual connection, which would hide half of every deviation.
  private func checkedRowSums(
    _ entries: ExactVector, _ selection: AxisSelection, _ options: PreparationOptions
  ) throws(InputError) -> (RowSums, [InputWarning]) {
    let rowSums = RowSums(entries, tokens: selection.tokens)
    let tolerance = options.rowTolerance ?? elementFormat.rowTolerance
    guard rowSums.largestDeviation > tolerance else { return (rowSums, []) }
    guard !options.isStrict else {
      throw origin.error(
        .rowSum(deviation: decimal(rowSums.largestDeviation), tolerance: decimal(tolerance)),
        at: "[\(rowSums.layer)][\(rowSums.token)]")
    }
    return (rowSums, [.rowSum(file: origin.label, rowSums: rowSums, tolerance: tolerance)])
  }

  private func prepared(
    _ entries: ExactVector, _ doubles: [Double]?, _ selection: AxisSelection,
    _ options: PreparationOptions, _ rowSums: RowSums, _ warnings: [InputWarning]
  ) throws(InputError) -> PreparedTensor {
    let tensor: EffectiveTensor
    do {
      tensor = try EffectiveTensor(
        layers: selection.layers.count, tokens: selection.tokens, entries: entries)
    } catch {
      throw InputError(statement: error, file: origin.file)
    }
    let finalSums =
      options.hasResidual ? RowSums(entries, tokens: selection.tokens) : rowSums
    return PreparedTensor(
      tensor: tensor, doubles: doubles,
      provenance: Provenance(
        origin: origin, shape: shape, elementFormat: elementFormat, options: options),
      rowSums: rowSums, isExactlyRowStochastic: finalSums.isExactlyOne, warnings: warnings)
  }

  private func exact(_ values: [Double]) throws(InputError) -> ExactVector {
    guard let entries = ExactVector(exactly: values) else {
      throw origin.error(.sumOverflow(what: "tensor"))
    }
    return entries
  }

  private func exact(_ values: [Rational]) throws(InputError) -> ExactVector {
    guard let entries = CommonDenominator.vector(values) else {
      throw origin.error(.denominatorTooLarge(entries: values.count))
    }
    return entries
  }

  /// Turns the failure of a sum into an error about this file.
  private func inRange<Result>(
    _ body: () throws(RangeFailure) -> Result
  ) throws(InputError) -> Result {
    do { return try body() } catch {
      throw origin.error(.sumOverflow(what: error.sum), at: error.place)
    }
  }
}
