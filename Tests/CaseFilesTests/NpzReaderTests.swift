import CaseFiles
import Testing

@Suite struct NpzReaderTests {
  private typealias Member = ZipFixture.Member
  private let small = NpyFixture.small.bytes

  private func read(_ zip: ZipFixture, key: String? = nil) -> InputProblem? {
    problem { () throws(InputError) in try tensor(zip.bytes, name: "a.npz", key: key) }
  }

  private func one(_ change: (inout ZipFixture.Member) -> Void = { _ in }) -> ZipFixture {
    var member = Member(name: "a.npy", content: small)
    change(&member)
    return ZipFixture(members: [member])
  }

  @Test("stored and deflated members are read, with and without long sizes and a comment")
  func variants() throws {
    for isDeflated in [false, true] {
      for hasLongSizes in [false, true] {
        var zip = one {
          $0.isDeflated = isDeflated
          $0.hasLongSizes = hasLongSizes
        }
        zip.hasLongDirectory = hasLongSizes
        zip.comment = hasLongSizes ? Array("PK\u{5}\u{6} a comment".utf8) : []
        let read = try tensor(zip.bytes, name: "a.npz")
        #expect(read.doubles == [0.25, 0.75, 1, 0])
        #expect(read.origin == TensorOrigin(file: "a.npz", key: "a", format: "npz"))
      }
    }
  }

  @Test("a key chooses an array, with or without its extension")
  func keys() throws {
    let other = NpyFixture.float64([1, 1, 1], [1]).bytes
    let zip = ZipFixture(members: [
      Member(name: "a.npy", content: small), Member(name: "b.npy", content: other),
      Member(name: "notes.txt", content: [1]),
    ])
    #expect(try tensor(zip.bytes, name: "a.npz", key: "b").shape == [1, 1, 1])
    #expect(try tensor(zip.bytes, name: "a.npz", key: "b.npy").shape == [1, 1, 1])
    #expect(read(zip) == .missingKey(key: "", available: ["a", "b"]))
    #expect(read(zip, key: "c") == .missingKey(key: "c", available: ["a", "b"]))
    #expect(read(zip, key: "") == .missingKey(key: "", available: ["a", "b"]))
    #expect(read(ZipFixture(members: [])) == .missingKey(key: "", available: []))
  }

  @Test("a name that occurs twice is refused")
  func duplicates() {
    let member = Member(name: "a.npy", content: small)
    #expect(read(ZipFixture(members: [member, member])) == .duplicateKey("a.npy"))
  }

  @Test("a checksum that does not match is refused", arguments: [false, true])
  func checksum(isDeflated: Bool) {
    let zip = one {
      $0.isDeflated = isDeflated
      $0.checksum = 1
    }
    #expect(read(zip) == .checksumMismatch)
  }

  @Test("a member that declares the wrong size is refused")
  func declaredSizes() {
    #expect(read(one { $0.declaredCount = 1 }) != nil)
    let larger = one {
      $0.isDeflated = true
      $0.declaredCount = small.count - 1
    }
    #expect(read(larger) == .inflatedBeyondDeclared(declared: small.count - 1))
    let smaller = one {
      $0.isDeflated = true
      $0.declaredCount = small.count + 1
    }
    #expect(
      read(smaller)
        == .truncated(
          part: "compressed data", needed: small.count + 1, available: small.count))
  }

  @Test("a member that inflates beyond every measure is refused before it is inflated")
  func bombs() {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    let declared = one {
      $0.content = zeros
      $0.isDeflated = true
      $0.declaredCount = 0xFFFF_FFFE
    }
    #expect(read(declared) == .inflatedTooLarge(limit: 64 << 20))
    let hidden = one {
      $0.content = zeros
      $0.isDeflated = true
      $0.declaredCount = 1000
    }
    #expect(read(hidden) == .inflatedBeyondDeclared(declared: 1000))
  }

  @Test("damaged deflate data, other methods and encryption are refused")
  func damage() {
    let garbage = one {
      $0.content = [0xFF, 0xFF, 0xFF]
      $0.method = 8
    }
    #expect(
      read(garbage)
        == .malformed(format: "zip", reason: "the compressed data is damaged or cut off"))
    #expect(read(one { $0.method = 12 }) != nil)
    #expect(
      read(one { $0.flags = 1 }) == .malformed(format: "zip", reason: "the member is encrypted"))
    #expect(read(one { $0.localName = "b.npy" }) != nil)
    var miscounted = one()
    miscounted.declaredMemberCount = 2
    #expect(read(miscounted) != nil)
  }

  @Test("every prefix of an archive is refused", arguments: [false, true])
  func truncation(isDeflated: Bool) {
    let bytes = one { $0.isDeflated = isDeflated }.bytes
    for count in 1..<bytes.count {
      #expect(
        failure { () throws(InputError) in try tensor(Array(bytes[..<count]), name: "a.npz") }
          != nil, "prefix of \(count) bytes")
    }
  }

  @Test("a broken array in an archive is named by its key")
  func brokenArray() throws {
    let zip = one { $0.content = NpyFixture.float64([1, 1, 1], [.nan]).bytes }
    let error = try #require(
      failure { () throws(InputError) in try tensor(zip.bytes, name: "a.npz") })
    #expect(error.description == "a.npz: a: [0][0][0]: the entry is not a finite number: nan.")
  }

  @Test("PyTorch archives and pickles are refused with the line that converts them")
  func pickles() {
    let torch = ZipFixture(members: [Member(name: "model/data.pkl", content: [0x80, 2])])
    for name in ["a.pt", "a.bin", "a.npz"] {
      let error = failure { () throws(InputError) in try tensor(torch.bytes, name: name) }
      #expect(error?.problem == .pickle)
      #expect(error?.description.contains("numpy.save") == true)
    }
    for bytes: [UInt8] in [[0x80, 2, 0x8A], [0x80, 5, 0]] {
      #expect(problem { () throws(InputError) in try tensor(bytes, name: "x") } == .pickle)
    }
    #expect(problem { () throws(InputError) in try tensor([1, 2, 3], name: "x.pt") } == .pickle)
  }
}
