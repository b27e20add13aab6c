import CaseFiles
import Testing

/// Damaged files of every format: each is read or refused, and none ends the program.
@Suite struct MutationFuzzTests {
  private static let seeds: [(name: String, bytes: [UInt8])] = {
    let small = NpyFixture.small.bytes
    var zip = ZipFixture(members: [
      .init(name: "a.npy", content: small, isDeflated: true),
      .init(name: "b.npy", content: small),
    ])
    let plain = zip.bytes
    zip.hasLongDirectory = true
    zip.members[0].hasLongSizes = true
    let network = """
      {"network": {"nodes": 3, "source": 0, "sink": 2, "tails": [0, 1, 0], "heads": [1, 2, 2], \
      "capacities": [1, 0.5, "1/3"]}}
      """
    let dimacs = "c x\np max 3 3\nn 1 s\nn 3 t\na 1 2 7\na 2 3 0.5\na 1 3 9\n"
    return [
      ("a.npy", small), ("a.npz", plain), ("b.npz", zip.bytes),
      ("a.safetensors", SafetensorsFixture.one().bytes),
      ("a.json", Array(#"{"tensor": [[["1/3", "2/3"], ["1e0", 0]]]}"#.utf8)),
      ("b.json", Array("[[[0.25, 7.5e-1], [1, 0]]]".utf8)), ("n.json", Array(network.utf8)),
      ("n.max", Array(dimacs.utf8)),
    ]
  }()

  @Test("a damaged file is read or refused", arguments: 0..<8)
  func damaged(index: Int) {
    let (name, original) = Self.seeds[index]
    var random = SplitMix(seed: UInt64(index))
    var refused = 0
    let rounds = 4_000
    for _ in 0..<rounds {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, &random) }
      for key in [nil, "a"] {
        let error = failure { () throws(InputError) in
          let document = try InputDocument.read(InputFile(bytes: bytes, name: name), key: key)
          if case .tensor(let raw) = document {
            _ = try raw.prepared(.init(heads: raw.shape.count > 3 ? .mean : nil, hasResidual: true))
          }
        }
        if let error {
          refused += 1
          #expect(!error.description.isEmpty)
        }
      }
    }
    #expect(refused > rounds / 2, "damage is noticed")
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard let index = bytes.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes[index] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 3: bytes.removeSubrange(index...)
    case 4: bytes.remove(at: index)
    default:
      let end = min(bytes.count, index + Int.random(in: 1...8, using: &random))
      bytes.insert(contentsOf: bytes[index..<end], at: index)
    }
  }
}
