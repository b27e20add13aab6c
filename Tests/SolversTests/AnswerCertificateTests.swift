import Checker
import ExactArithmetic
import Networks
import Solvers
import Testing

private let h = Rational(1, 2)

@Suite struct AnswerCertificateTests {
  @Test("identity under two equal rows: the top tokens are ambiguous between (1,0) and (0,1)")
  func topAmbiguous() throws {
    let network = try FlowNetwork(
      tensor: tensor([[[1, 0], [0, 1]], [[1, 0], [1, 0]]]), mode: .all)
    let (answer, reason) = judged(network, answerCertificate(network))
    let claim = try #require(answer, "\(reason)")
    #expect(claim.maximum.value == 1)
    #expect(!claim.undetermined.isUnique)
    #expect(claim.attributions.minima == [1, 0] && claim.attributions.maxima == [1, 0])
    #expect(try topIntervals(network, claim) == [[0, 1], [0, 1]])
  }

  @Test("the smallest tensor with ambiguous bottom tokens: (3/2, 0) or (1, 1/2)")
  func bottomAmbiguous() throws {
    let network = try FlowNetwork(
      tensor: tensor([[[1, 0], [h, h]], [[h, h], [1, 0]]]), mode: .all)
    let (answer, reason) = judged(network, answerCertificate(network))
    let claim = try #require(answer, "\(reason)")
    #expect(claim.maximum.value == Rational(3, 2))
    #expect(!claim.undetermined.isUnique)
    #expect(claim.attributions.minima == [1, 0])
    #expect(claim.attributions.maxima == [Rational(3, 2), h])
  }

  @Test("two maximum flows can have equal bottom attributions and different arcs")
  func equalAttributions() throws {
    let identity: [[Rational]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let network = try FlowNetwork(
      tensor: tensor([identity, [[h, h, 0], [h, h, 0], [h, h, 0]]]), mode: .all)
    let (answer, reason) = judged(network, answerCertificate(network))
    let claim = try #require(answer, "\(reason)")
    #expect(!claim.undetermined.isUnique)
    #expect(claim.attributions.isUnique)
    #expect(claim.attributions.minima == [1, 1, 0])
    #expect(try topIntervals(network, claim) == [[0, 1], [0, 1], [0, 1]])
  }

  @Test("a row-stochastic layer below doubly stochastic ones is unique, with value T")
  func unique() throws {
    var numbers = TestNumbers(seed: 41)
    for round in 0..<40 {
      let tokens = 1 + round % 5
      let lowest = try randomTensor(
        layers: 1, tokens: tokens, denominator: 4, numbers: &numbers)
      var layers = [(0..<tokens).map { i in (0..<tokens).map { lowest[0, i, $0] } }]
      for _ in 0..<(round % 3) {
        // The mean of four permutations.
        var layer = [[Rational]](
          repeating: [Rational](repeating: 0, count: tokens), count: tokens)
        for _ in 0..<4 {
          for (i, j) in (0..<tokens).shuffled(using: &numbers).enumerated() {
            layer[i][j] += Rational(1, 4)
          }
        }
        layers.append(layer)
      }
      let network = try FlowNetwork(tensor: tensor(layers), mode: .all)
      let (answer, reason) = judged(network, answerCertificate(network))
      let claim = try #require(answer, "\(reason)")
      #expect(claim.undetermined.isUnique)
      #expect(claim.maximum.value == Rational(tokens))
    }
  }

  @Test("tensors of zeros have the empty flow, proved unique")
  func zeros() throws {
    let network = try FlowNetwork(
      tensor: tensor([[[0, 0], [0, 0]], [[0, 0], [0, 0]]]), mode: .all)
    let (answer, reason) = judged(network, answerCertificate(network))
    let claim = try #require(answer, "\(reason)")
    #expect(claim.maximum.value == 0)
    #expect(claim.undetermined.isUnique)
    #expect(claim.attributions.maxima == [0, 0])
  }

  @Test("a real encoder's tensor of three tokens has its known value, arcs and intervals")
  func realTensor() throws {
    let scale = BigInteger.powerOfTwo(31)
    for (mode, value, count, minima, maxima) in [
      (
        Mode.all, 2_782_937_543, 49, [1_393_510_400, 25_402_158, 728_571_072],
        [2_028_964_313, 660_856_071, 1_364_024_985]
      ),
      (
        Mode.single(0), 2_147_483_568, 48, [758_056_425, 0, 93_117_097],
        [2_028_964_313, 660_856_071, 1_364_024_985]
      ),
    ] {
      let tensor = try EffectiveTensor(
        layers: 6, tokens: 3, entries: ExactVector(encoderHeadMeans, denominator: scale))
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let (answer, reason) = judged(network, answerCertificate(network))
      let claim = try #require(answer, "\(reason)")
      #expect(claim.maximum.value == Rational(BigInteger(value), scale))
      #expect(claim.undetermined.arcs.count == count)
      #expect(claim.attributions.minima == minima.map { Rational(BigInteger($0), scale) })
      #expect(claim.attributions.maxima == maxima.map { Rational(BigInteger($0), scale) })
    }
  }

  @Test("its residual form needs 128 bits and has its known value, arcs and intervals")
  func realResidual() throws {
    let scale = BigInteger.powerOfTwo(61)
    for (mode, value, count, minima, maxima) in [
      (
        Mode.all, Int128(4_952_842_766_761_503_570), 49,
        [
          Int128(1_901_056_711_903_568_384), Int128(239_412_271_451_604_019),
          Int128(925_524_105_574_251_391),
        ],
        [
          Int128(3_082_373_909_573_848_960), Int128(1_566_448_886_727_971_752),
          Int128(2_103_965_673_009_466_783),
        ]
      ),
      (
        Mode.single(0), Int128(2_305_843_009_213_694_048), 48,
        [Int128(1_443_499_274_517_065_998), Int128(0), Int128(0)],
        [
          Int128(2_305_843_009_213_694_048), Int128(471_195_117_175_885_458),
          Int128(848_706_054_907_245_098),
        ]
      ),
    ] {
      let entries = try #require(ExactVector(exactly: residualEncoderHeadMeans))
      let tensor = try EffectiveTensor(layers: 6, tokens: 3, entries: entries)
      let network = try FlowNetwork(tensor: tensor, mode: mode)
      let (answer, reason) = judged(network, answerCertificate(network))
      let claim = try #require(answer, "\(reason)")
      #expect(claim.maximum.value == Rational(BigInteger(value), scale))
      #expect(claim.undetermined.arcs.count == count)
      #expect(claim.attributions.minima == minima.map { Rational(BigInteger($0), scale) })
      #expect(claim.attributions.maxima == maxima.map { Rational(BigInteger($0), scale) })
    }
  }

  /// The least and the most flow out of the source into each top token, as the kernel accepts them.
  private func topIntervals(
    _ network: FlowNetwork, _ answer: CertifiedAnswer
  ) throws -> [[Rational]] {
    let arcs = network.sourceArcs
    let certificates = try #require(
      arcIntervals(network, flow: answer.maximum.flow.amounts, arcs: arcs))
    let claim = try #require(checkIntervals(answer.maximum, arcs: arcs, certificates).claim)
    return zip(claim.minima, claim.maxima).map { [$0, $1] }
  }
}

/// Head-averaged attention of a six-layer encoder on a text of three tokens, in units of 2^-31.
private let encoderHeadMeans: [Int64] = [
  1_393_510_400, 25_402_158, 728_571_072, 1_319_512_960, 280_165_152, 547_805_632, 880_861_824,
  464_687_520, 801_934_336,
  2_116_779_136, 16_226_252, 14_478_340, 1_813_633_792, 124_146_552, 209_703_216, 1_564_326_912,
  301_663_520, 281_493_280,
  2_127_444_480, 10_379_655, 9_659_481, 1_839_162_240, 208_636_832, 99_684_616, 1_311_443_840,
  674_484_352, 161_555_456,
  2_062_563_968, 50_344_296, 34_575_388, 1_562_539_392, 382_065_472, 202_878_784, 1_338_083_456,
  619_882_560, 189_517_680,
  2_086_673_920, 41_959_224, 18_850_396, 1_729_818_112, 181_556_144, 236_109_392, 1_532_255_616,
  262_436_000, 352_792_096,
  1_491_689_472, 509_444_512, 146_349_584, 1_407_737_472, 628_761_024, 110_985_200, 1_734_131_712,
  328_626_432, 84_725_512,
]

/// The same with residual connections: (A + I) / 2, each row divided by its sum, in doubles.
private let residualEncoderHeadMeans: [Double] = (0..<18).flatMap { row in
  let mixed = (0..<3).map { column in
    let entry = Double(encoderHeadMeans[row * 3 + column]) / 2_147_483_648
    return 0.5 * entry + (row % 3 == column ? 0.5 : 0)
  }
  let sum = mixed[0] + mixed[1] + mixed[2]
  return mixed.map { $0 / sum }
}
