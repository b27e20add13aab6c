import CaseFiles
import TestSupport
import Testing

/// Runs `bench --json` on a real tensor and reads its one result.
private func measured(_ name: String, _ words: String...) throws -> JSONValue {
  let run = try flowcheck(
    words: ["bench", Repository.attention + name + ".avg.f32.npy", "--json"] + words)
  #expect(run.exitCode == 0, "\(run.errors)")
  let results = try #require(try parsedJSON(run.output)["results"]?.asArray)
  #expect(results.count == 1)
  return try #require(results.first)
}

@Suite("bench")
struct BenchCommandTests {
  @Test("128 bits beside 64: a time of each in every run, and nearly the value of check")
  func widths() throws {
    let result = try measured(
      "p06_yes", "--residual", "--task", "max-flow-int128", "--runs", "3")
    let wide = try #require(result["wideProcessorSeconds"]?.asDoubles)
    let narrow = try #require(result["narrowProcessorSeconds"]?.asDoubles)
    #expect(wide.count == 3 && narrow.count == 3)
    let ratio = try #require(result["widthRatio"]?.asDouble)
    #expect(ratio == wide.sorted()[1] / narrow.sorted()[1])
    let file = Repository.attention + "p06_yes.avg.f32.npy"
    let expected = try checked(file, "--residual", "--z3", "never")
    let value = try #require(result["value"]?.asDouble)
    let exact = try #require(expected["value"]?.asDouble)
    // Rounded down by less than 2^-30 an arc, and to single precision.
    #expect(abs(value - exact) < exact * 1e-5)
  }

  @Test("the memory of a run is that of capacities and flow and little more")
  func memory() throws {
    let result = try measured(
      "p21_museum256", "--task", "max-flow-float32", "--fraction-bits", "30", "--runs", "2")
    let bytes = try #require(result["bytesPerArc"]?.asDouble)
    // 16 bytes an arc for the two, of which the system may count a page less; 4 more at most, and
    // as 400,000 arcs are few, up to four large pages that are not filled.
    #expect(bytes > 15.5 && bytes < 20 + 4 * 2_097_152 / 393_728)
    #expect(result["seconds"]?.asDoubles?.count == 2)
    #expect(result["conversionSeconds"]?.asDoubles?.count == 2)
  }

  @Test("options and tasks that do not go together are refused")
  func refused() throws {
    let file = Repository.attention + "p06_yes.avg.f32.npy"
    for (words, reason) in [
      (["--residual"], "--residual goes with a file"),
      (["--mode", "single:0"], "--mode goes with a file"),
      ([file, "--tokens", "3"], "--tokens goes without a file"),
    ] {
      let run = try flowcheck(words: ["bench"] + words + ["--runs", "1"])
      #expect(run.exitCode == 2 && run.output.isEmpty, "\(words)")
      #expect(run.errors.contains(reason), "\(words): \(run.errors)")
    }
  }
}
