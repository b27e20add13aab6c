extension String {
  /// The text as one word of a shell, for lines that people paste into one.
  ///
  /// Nothing here is ever handed to a shell but the command line of a solver, as it was given.
  public var quotedForShell: String {
    let isPlain = unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "._+-/:=@,".unicodeScalars.contains(scalar))
    }
    if isPlain && !isEmpty { return self }
    return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
