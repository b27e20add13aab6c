/// An array of `count` copies of a value.
///
/// The same as `Array(repeating:count:)`, which looks up the type of its storage at run time on
/// every call. On networks of a dozen nodes, as a campaign has them, that costs several times as
/// much as the array.
@inlinable
package func filled<Element>(_ count: Int, with value: Element) -> [Element] {
  var array: [Element] = []
  array.reserveCapacity(count)
  array.append(contentsOf: repeatElement(value, count: count))
  return array
}
