/// Text as it stands in an XML 1.0 document.
enum XMLText {
  /// The text between two tags; characters that XML cannot hold are left out.
  static func content(_ text: String) -> String { escaped(text, isAttribute: false) }

  /// The text of an attribute in double quotes; line ends and tabs are kept as references.
  static func attribute(_ text: String) -> String { escaped(text, isAttribute: true) }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      // Needed only after two brackets, and never wrong.
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      // A parser makes a line feed of a carriage return, and spaces of both in an attribute.
      case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
      case "\n" where isAttribute: result.append(contentsOf: "&#10;".unicodeScalars)
      case "\t" where isAttribute: result.append(contentsOf: "&#9;".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case "\0"..<" ", "\u{fffe}", "\u{ffff}": continue
      // The other control characters are allowed and discouraged.
      case "\u{7f}"..<"\u{a0}": continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
