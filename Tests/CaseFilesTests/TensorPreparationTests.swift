import CaseFiles
import Checker
import ExactArithmetic
import Testing

@Suite struct TensorPreparationTests {
  /// Entries 1, 2, 3, ... divided by a power of two, so that all sums are exact.
  private func counted(_ shape: [Int]) throws -> RawTensor {
    let count = shape.reduce(1, *)
    let file = NpyFixture.float64(shape, (1...count).map { Double($0) / 64 })
    return try tensor(file.bytes, name: "a.npy")
  }

  private func entries(
    _ shape: [Int], _ options: PreparationOptions
  ) throws -> [Double] {
    try counted(shape).prepared(options).doubles.map { $0.map { $0 * 64 } } ?? []
  }

  private func misfit(_ shape: [Int], _ options: PreparationOptions) throws -> InputProblem? {
    let raw = try counted(shape)
    return problem { () throws(InputError) in try raw.prepared(options) }
  }

  @Test("heads, batch and layers choose and reduce the right entries")
  func selection() throws {
    // Shape (2,3,1,1): entry [l][h] is 3l + h + 1.
    #expect(try entries([2, 3, 1, 1], .init(heads: .mean)) == [2, 5])
    #expect(try entries([2, 3, 1, 1], .init(heads: .maximum)) == [3, 6])
    #expect(try entries([2, 3, 1, 1], .init(heads: .minimum)) == [1, 4])
    #expect(try entries([2, 3, 1, 1], .init(heads: .head(1))) == [2, 5])
    #expect(try entries([2, 3, 1, 1], .init(batch: 1)) == [4, 5, 6])
    #expect(try entries([2, 2, 3, 1, 1], .init(heads: .mean, batch: 1)) == [8, 11])
    #expect(try entries([4, 1, 1], .init(layers: LayerRange(lower: 1, upper: 3))) == [2, 3])
    #expect(try entries([4, 1, 1], .init(layers: LayerRange(lower: 2))) == [3, 4])
    #expect(
      try entries([4, 2, 1, 1], .init(heads: .maximum, layers: LayerRange(lower: 3))) == [8])
    #expect(
      try entries([2, 2, 2], .init(isTransposed: true)) == [1, 3, 2, 4, 5, 7, 6, 8])
  }

  @Test("options that do not fit the shape are refused by the name of the option")
  func misfits() throws {
    #expect(try misfit([2, 3, 1, 1], .init()) == .headsNeeded(heads: 3))
    #expect(try misfit([2, 2, 3, 1, 1], .init(heads: .mean)) == .batchNeeded(batches: 2))
    #expect(try misfit([2, 2, 3, 1, 1], .init(batch: 0)) == .headsNeeded(heads: 3))
    #expect(try misfit([2, 1, 1], .init(heads: .mean)) == .headsWithoutAxis)
    #expect(try misfit([2, 3, 1, 1], .init(heads: .mean, batch: 0)) == .headsWithoutAxis)
    #expect(try misfit([2, 1, 1], .init(batch: 0)) == .batchWithoutAxis)
    #expect(
      try misfit([2, 3, 1, 1], .init(heads: .head(3)))
        == .indexOutOfRange(option: "--heads", index: 3, count: 3))
    #expect(
      try misfit([2, 3, 1, 1], .init(batch: -1))
        == .indexOutOfRange(option: "--batch", index: -1, count: 2))
    for range in [
      LayerRange(lower: 0, upper: 3), LayerRange(lower: 1, upper: 1), LayerRange(lower: -1),
      LayerRange(lower: 2), LayerRange(lower: 0, upper: Int.max),
    ] {
      guard case .badLayerRange = try misfit([2, 1, 1], .init(layers: range)) else {
        Issue.record("\(range) is accepted")
        continue
      }
    }
  }

  @Test("the words of the options are read")
  func words() {
    #expect(HeadReduction("max") == .maximum)
    #expect(HeadReduction("11") == .head(11))
    #expect(LayerRange("1:3") == LayerRange(lower: 1, upper: 3))
    #expect(LayerRange("2:") == LayerRange(lower: 2))
    #expect(LayerRange(":3") == LayerRange(lower: 0, upper: 3))
    for text in ["", "median", "-1", "1.0", " 1", "+1", "99999999999999999999"] {
      #expect(HeadReduction(text) == nil, "\(text)")
    }
    for text in ["", ":", "3", "1:2:3", "-1:2", "a:b", "1:x"] {
      #expect(LayerRange(text) == nil, "\(text)")
    }
  }

  @Test("fractions are prepared exactly")
  func fractions() throws {
    let raw = try tensor(json: #"[[[["1/3","2/3"],["1","0"]], [["1/7","6/7"],["0","1"]]]]"#)
    let mean = try raw.prepared(.init(heads: .mean))
    let third = Rational(1, 3)
    let expected = [(third + Rational(1, 7)) / 2, Rational(16, 21), Rational(1, 2), Rational(1, 2)]
    #expect((0..<4).map { mean.tensor.entries[$0] } == expected)
    #expect(mean.doubles == nil)
    #expect(mean.isExactlyRowStochastic)
    let residual = try raw.prepared(.init(heads: .head(0), hasResidual: true))
    #expect(
      (0..<4).map { residual.tensor.entries[$0] }
        == [Rational(2, 3), third, Rational(1, 2), Rational(1, 2)])
  }

  @Test("a row of zeros stays without the residual connection and becomes the identity with it")
  func zeroRows() throws {
    let raw = try tensor(json: "[[[0, 0], [0.5, 0.5]]]")
    #expect(try raw.prepared().doubles == [0, 0, 0.5, 0.5])
    #expect(try raw.prepared(.init(hasResidual: true)).doubles == [1, 0, 0.25, 0.75])
  }

  @Test("rows that do not sum to 1 are warned about with the largest deviation and its place")
  func rowSums() throws {
    let raw = try tensor(json: "[[[1, 0], [0.5, 0.5]], [[0.5, 0.25], [1, 0.125]]]")
    let prepared = try raw.prepared()
    #expect(prepared.rowSums.largestDeviation == Rational(1, 4))
    #expect(prepared.rowSums.layer == 1)
    #expect(prepared.rowSums.token == 0)
    #expect(!prepared.isExactlyRowStochastic)
    #expect(
      prepared.warnings.map(\.description) == [
        "t.json: [1][0]: the row sum differs from 1 by 0.25, more than the tolerance 1e-09."
      ])
    let error = failure { () throws(InputError) in try raw.prepared(.init(isStrict: true)) }
    #expect(error?.place == "[1][0]")
    #expect(error?.problem == .rowSum(deviation: "0.25", tolerance: "1e-09"))
    let tolerant = PreparationOptions(rowTolerance: Rational(1, 4), isStrict: true)
    #expect(try raw.prepared(tolerant).warnings.isEmpty)
    // The residual connection would halve the deviation: the rows before it are judged.
    let mixed = try raw.prepared(.init(hasResidual: true))
    #expect(mixed.rowSums == prepared.rowSums)
    #expect(mixed.warnings == prepared.warnings)
    #expect(mixed.isExactlyRowStochastic == false)
  }

  @Test("the tolerance of a format is met with equality and no more")
  func tolerances() throws {
    for format in ElementFormat.allCases {
      let tolerance = format.rowTolerance
      let raw = try tensor(json: #"[[["\#(1 + tolerance)"]]]"#)
      let options = PreparationOptions(rowTolerance: tolerance, isStrict: true)
      #expect(try raw.prepared(options).warnings.isEmpty)
      let beyond = try tensor(json: #"[[["\#(1 + tolerance + Rational(1, 1_000_000_000_000))"]]]"#)
      #expect(problem { () throws(InputError) in try beyond.prepared(options) } != nil)
    }
    let half = NpyFixture(
      type: "<f2", shape: [1, 1, 1], data: littleEndian(Float16(0.991).bitPattern))
    #expect(try tensor(half.bytes, name: "a.npy").prepared().warnings.isEmpty)
    let float = NpyFixture(
      type: "<f4", shape: [1, 1, 1], data: littleEndian(Float(0.991).bitPattern))
    #expect(try tensor(float.bytes, name: "a.npy").prepared().warnings.count == 1)
  }

  @Test("sums that leave the range of binary64 are refused with their place")
  func overflow() throws {
    let large = Double.greatestFiniteMagnitude
    let heads = try tensor(
      NpyFixture.float64([1, 2, 1, 1], [large, large]).bytes, name: "a.npy")
    let error = failure { () throws(InputError) in try heads.prepared(.init(heads: .mean)) }
    #expect(error?.problem == .sumOverflow(what: "sum over the heads"))
    #expect(error?.place == "[0][0][0]")
    #expect(try heads.prepared(.init(heads: .maximum)).doubles == [large])
    let row = try tensor(
      NpyFixture.float64([1, 2, 2], [1, 0, large, large]).bytes, name: "a.npy")
    for hasResidual in [false, true] {
      let error = failure { () throws(InputError) in
        try row.prepared(.init(hasResidual: hasResidual))
      }
      #expect(error?.problem == .sumOverflow(what: "row sum"))
      #expect(error?.place == "[0][1]")
    }
  }

  @Test("fractions without a common denominator of bearable size are refused")
  func denominators() throws {
    // Over the common denominator each of the 4096 numerators has nearly 3,000,000 bits.
    let large = "1/1" + String(repeating: "0", count: 900_000)
    let row = Array(repeating: "\"1/3\"", count: 63).joined(separator: ",")
    let rows = Array(repeating: "[\"1\",\(row)]", count: 63).joined(separator: ",")
    let raw = try tensor(json: "[[[\"\(large)\",\(row)],\(rows)]]")
    #expect(
      problem { () throws(InputError) in try raw.prepared() }
        == .denominatorTooLarge(entries: 4096))
  }

  @Test("capacities at both ends of binary64 are exact")
  func extremes() throws {
    let values = [Double.leastNonzeroMagnitude, 1e308, 1, 0]
    let raw = try tensor(NpyFixture.float64([1, 2, 2], values).bytes, name: "a.npy")
    let prepared = try raw.prepared()
    #expect(prepared.tensor.entries[0] == Rational(exactly: values[0]))
    #expect(prepared.tensor.entries[1] == Rational(exactly: 1e308))
  }

  @Test("the provenance tells every step in order")
  func provenance() throws {
    let prepared = try counted([2, 2, 3, 1, 1]).prepared(
      .init(
        heads: .mean, batch: 1, layers: LayerRange(lower: 1), isTransposed: true,
        hasResidual: true))
    #expect(
      prepared.provenance.steps == [
        "float64 (2, 2, 3, 1, 1) from a.npy", "batch: 1", "heads: mean", "layers: 1:",
        "transposed", "residual: 0.5*A + 0.5*I, rows divided by their sums",
      ])
  }
}
