import CZ3

/// One instance of Z3: everything made in it lives, at the latest, until it ends.
///
/// Contexts share nothing, so that two threads may each use one of their own. A context is not
/// safe to share between threads.
final class Z3Context {
  /// The library's handle.
  let handle: Z3_context

  /// Starts an instance, about a millisecond.
  ///
  /// Errors are left to be fetched by ``checked(_:by:)``, and warnings are off, so that nothing is
  /// printed.
  init() throws(Z3Error) {
    Z3_toggle_warning_messages(false)
    guard let configuration = Z3_mk_config() else { throw .missingResult(call: "mk_config") }
    defer { Z3_del_config(configuration) }
    guard let handle = Z3_mk_context_rc(configuration) else {
      throw .missingResult(call: "mk_context_rc")
    }
    self.handle = handle
    // Without a handler of ours the library would act on errors by itself.
    Z3_set_error_handler(handle) { _, _ in }
  }

  deinit { Z3_del_context(handle) }

  /// Throws the error of the last call, if there was one.
  func check() throws(Z3Error) {
    let code = Z3_get_error_code(handle)
    guard code != Z3_OK else { return }
    let message = Z3_get_error_msg(handle, code).map { String(cString: $0) } ?? ""
    throw .library(code: UInt32(code.rawValue), message: message)
  }

  /// The result of the last call, or its error.
  func checked<Result>(_ result: Result?, by call: String) throws(Z3Error) -> Result {
    try check()
    guard let result else { throw .missingResult(call: call) }
    return result
  }
}
