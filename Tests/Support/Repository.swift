import Foundation

/// Where the repository and the built products are.
public enum Repository {
  /// The folder of the package, without a slash at its end.
  public static let folder: String = {
    // This file is Tests/Support/Repository.swift.
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }()

  /// The folder of real tensors, with a slash at its end.
  public static let attention = folder + "/corpus/attention/"

  /// The built command, which lies beside the test bundle.
  public static let executable: String = {
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("flowcheck").path
  }()
}
