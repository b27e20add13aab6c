import Networks
import Testing

@Suite("Rows of bits")
struct BitRowsTests {
  @Test("bits are set, asked, met and cleared one by one", arguments: [1, 63, 64, 65, 130])
  func single(width: Int) {
    let rows = BitRows(count: 3, width: width)
    let other = BitRows(count: 1, width: width)
    let words = rows.words
    #expect(words == (width + 63) / 64)
    for bit in 0..<width {
      other.insert(0, bit)
      let before = rows.meets(1, other[0])
      rows.insert(1, bit)
      let (isMet, isIn) = (rows.meets(1, other[0]), rows.contains(1, bit))
      let neighborsAreMet = rows.meets(0, other[0]) || rows.meets(2, other[0])
      rows.remove(1, bit)
      other.remove(0, bit)
      let isLeft = rows.contains(1, bit) || other.contains(0, bit)
      #expect(!before && isMet && isIn && !neighborsAreMet && !isLeft)
    }
    rows.fill(1)
    var found: [Int] = []
    for word in 0..<rows.words { forEachBit(rows[1][word], offset: 64 * word) { found.append($0) } }
    #expect(found == Array(0..<width))
    let others = (0..<words).map { rows[0][$0] | rows[2][$0] }
    #expect(others == [UInt64](repeating: 0, count: words))
  }

  @Test("a square is transposed bit by bit", arguments: [1, 2, 4, 8, 16, 32, 64])
  func transposed(size: Int) {
    var state: UInt64 = 7
    let square = BitRows(count: size, width: size)
    var expected: Set<[Int]> = []
    for row in 0..<size {
      for column in 0..<size {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        if state >> 63 == 1 {
          square.insert(row, column)
          expected.insert([column, row])
        }
      }
    }
    transpose(square[0], size: size)
    for row in 0..<size {
      for column in 0..<size {
        let isSet = square.contains(row, column)
        #expect(isSet == expected.contains([row, column]))
      }
    }
  }
}
