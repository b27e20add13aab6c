import Networks
import Testing

@Suite struct ParallelMapTests {
  @Test("values come in index order whatever the number of jobs", arguments: [1, 2, 3, 8])
  func order(jobs: Int) {
    for count in [0, 1, 2, 7, 1000] {
      #expect(parallelMap(count: count, jobs: jobs) { "\($0)" } == (0..<count).map { "\($0)" })
    }
  }
}
