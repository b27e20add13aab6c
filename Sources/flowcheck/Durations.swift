/// Reads `200ms`, `15s`, `2m`, `1h`, or a number of seconds, as seconds.
///
/// `text`: the value of the option `name`; it must be positive and less than 30 years.
func seconds(_ text: String, _ name: String) throws(UsageError) -> Double {
  let units = [("ms", 0.001), ("s", 1.0), ("m", 60), ("h", 3_600)]
  let (unit, factor) = units.first { text.hasSuffix($0.0) } ?? ("", 1)
  guard let number = Double(text.dropLast(unit.count)), number > 0, number * factor < 1e9
  else { throw UsageError("\(name) takes a time such as 15s, 2m or 1h, not '\(text)'") }
  return number * factor
}
