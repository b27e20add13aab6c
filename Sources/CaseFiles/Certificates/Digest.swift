import CMD

/// A SHA-256 digest in the making.
///
/// The context is plain memory without pointers, which is why it may change threads. Digests name
/// findings and seal certificates and campaigns; they prove nothing.
public struct Digest: @unchecked Sendable {
  private var context = SHA2_CTX()

  /// The digest of no bytes so far.
  public init() { SHA256Init(&context) }

  /// Adds bytes.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      SHA256Update(&context, buffer.baseAddress, buffer.count)
    }
    if done == nil { update(Array(bytes)) }
  }

  /// The 32 bytes of the digest of everything added; more may be added afterwards.
  public var bytes: [UInt8] {
    var last = context
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      SHA256Final(buffer.baseAddress, &last)
      count = 32
    }
  }

  /// The digest in 64 hexadecimal digits.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The digest of some bytes in 64 hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var digest = Digest()
    digest.update(bytes)
    return digest.hexadecimal
  }
}
