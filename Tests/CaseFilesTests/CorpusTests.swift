import CaseFiles
import Checker
import Testing

@Suite struct CorpusTests {
  @Test("the mean over heads is the stored mean, bit for bit", arguments: Corpus.modelNames)
  func means(name: String) throws {
    let full = try Corpus.tensor("\(name).full.f32.npy")
    #expect(full.elementFormat == .float32)
    let mean = try full.prepared(.init(heads: .mean)).doubles
    let stored = try Corpus.tensor("\(name).avg.f64.npy").doubles
    #expect(mean?.map(\.bitPattern) == stored.map(\.bitPattern))
  }

  @Test("the residual tensor is the stored one, bit for bit", arguments: Corpus.wholeNames)
  func residuals(name: String) throws {
    let average = try Corpus.tensor("\(name).avg.f32.npy")
    let mixed = try average.prepared(.init(hasResidual: true)).doubles
    let stored = try Corpus.tensor("\(name).mix.f64.npy").doubles
    #expect(mixed?.map(\.bitPattern) == stored.map(\.bitPattern))
  }

  @Test("an array written as .npy is the file that NumPy wrote", arguments: Corpus.wholeNames)
  func writing(name: String) throws {
    for suffix in ["avg.f64.npy", "mix.f64.npy"] {
      let raw = try Corpus.tensor("\(name).\(suffix)")
      let written = try TensorWriter.npy(try raw.prepared().tensor)
      #expect(try Corpus.bytes("\(name).\(suffix)") == written)
    }
  }

  @Test(
    "the bundles hold the same arrays as the single files",
    arguments: ["bundle.npz", "bundle_deflate.npz", "bundle.safetensors"])
  func bundles(bundle: String) throws {
    for name in Corpus.wholeNames where name != "p01_word" {
      for suffix in ["avg.f32", "avg.f64", "full.f32"] {
        let bundled = try Corpus.tensor("\(bundle):\(name).\(suffix)")
        let single = try Corpus.tensor("\(name).\(suffix).npy")
        #expect(bundled.shape == single.shape)
        #expect(bundled.values == single.values)
        #expect(bundled.elementFormat == single.elementFormat)
      }
    }
    let error = failure { () throws(InputError) in try Corpus.tensor(bundle) }
    guard case .missingKey("", let available) = error?.problem else {
      Issue.record("a bundle needs a key")
      return
    }
    #expect(available.count == 28)
  }

  @Test("the tokens fit the tensors and no row is worth a warning")
  func tokens() throws {
    for name in Corpus.wholeNames + ["p12_river", "p14_not", "p20_orchard128"] {
      let prepared = try Corpus.tensor("\(name).avg.f32.npy").prepared()
      let path = Corpus.folder + "\(name).tokens.json"
      let tokens = try TokenNames.read(path: path, count: prepared.tensor.tokens)
      #expect(tokens.first == "[CLS]")
      #expect(tokens.last == "[SEP]")
      #expect(prepared.warnings.isEmpty)
      #expect(!prepared.isExactlyRowStochastic)
    }
  }
}
