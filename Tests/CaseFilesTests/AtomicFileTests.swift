import CaseFiles
import Foundation
import TestSupport
import Testing

@Suite("Writing files")
struct AtomicFileTests {
  private func write(_ path: String, _ text: String, asStream: Bool) throws {
    if asStream {
      let stream = try AtomicStream(path)
      stream.write(Array(text.utf8))
      try stream.finish()
    } else {
      try AtomicFile.write(Array(text.utf8), to: path)
    }
  }

  @Test(
    "a symbolic link stays, and the file that it names is made or replaced",
    arguments: [false, true])
  func links(asStream: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "part/keep")
    let manager = FileManager.default
    for (link, target) in [
      ("plain", "made"), ("part/up", "../made2"), ("whole", folder.path + "/part/made3"),
      ("second", "first"), ("first", "part/made4"),
    ] {
      try manager.createSymbolicLink(atPath: folder.path + "/" + link, withDestinationPath: target)
    }
    for (link, made) in [
      ("plain", "made"), ("part/up", "made2"), ("whole", "part/made3"), ("second", "part/made4"),
    ] {
      for text in ["new", "replaced"] {
        try write(folder.path + "/" + link, text, asStream: asStream)
        #expect(folder.bytes(made) == Array(text.utf8), "\(link)")
        let attributes = try manager.attributesOfItem(atPath: folder.path + "/" + link)
        #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
      }
    }
    #expect(folder.names() == ["first", "made", "made2", "part", "plain", "second", "whole"])
    #expect(folder.names("part") == ["keep", "made3", "made4", "up"])
  }

  @Test("a link into a folder that is not there is an error", arguments: [false, true])
  func lostLink(asStream: Bool) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/lost", withDestinationPath: "none/file")
    #expect(throws: OutputError.self) {
      try write(folder.path + "/lost", "text", asStream: asStream)
    }
    #expect(folder.names() == ["lost"])
  }
}
