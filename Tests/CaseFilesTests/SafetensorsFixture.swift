/// An encoder of .safetensors files.
struct SafetensorsFixture {
  var header: String
  var data: [UInt8]
  var declaredHeaderCount: UInt64?

  var bytes: [UInt8] {
    littleEndian(declaredHeaderCount ?? UInt64(header.utf8.count)) + Array(header.utf8) + data
  }

  /// One array named `a`.
  static func one(
    type: String = "F64", shape: String = "[1,2,2]", offsets: String = "[0,32]",
    data: [UInt8] = NpyFixture.small.data
  ) -> SafetensorsFixture {
    SafetensorsFixture(
      header: #"{"a":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}}"#,
      data: data)
  }
}
