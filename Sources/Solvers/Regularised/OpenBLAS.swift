// The few calls of BLAS and LAPACK that dense Cholesky factorisation takes, on column-major square
// blocks inside one array. The library would start a thread per core; one is all it gets, since
// campaigns run cases side by side, and results must not depend on the machine's load.
import COpenBLAS

/// Dense kernels on blocks of order `order`, stored by columns.
struct DenseKernels: Sendable {
  /// The number of rows and columns of a block.
  let order: Int

  private static let isSetUp: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  init(order: Int) {
    precondition(Self.isSetUp)
    self.order = order
  }

  private var size: Int32 { Int32(truncatingIfNeeded: order) }

  /// Replaces the lower triangle of a matrix by its Cholesky factor; false if a pivot is not
  /// positive.
  func factorise(_ matrix: UnsafeMutablePointer<Double>) -> Bool {
    var (triangle, order, status) = (CChar(UInt8(ascii: "L")), size, Int32(0))
    dpotrf_(&triangle, &order, matrix, &order, &status)
    return status == 0
  }

  /// Replaces `X` by `C^-1 X`, with `C` lower triangular.
  func solveLower(_ factor: UnsafePointer<Double>, block: UnsafeMutablePointer<Double>) {
    cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, size, size, 1, factor,
      size, block, size)
  }

  /// Subtracts `X' X` from the lower triangle of a matrix.
  func subtractProduct(
    _ block: UnsafePointer<Double>, from matrix: UnsafeMutablePointer<Double>
  ) {
    cblas_dsyrk(
      CblasColMajor, CblasLower, CblasTrans, size, size, -1, block, size, 1, matrix, size)
  }

  /// Replaces `x` by `C^-1 x`, or by `C'^-1 x`, with `C` lower triangular.
  func solveLower(
    _ factor: UnsafePointer<Double>, isTransposed: Bool, vector: UnsafeMutablePointer<Double>
  ) {
    cblas_dtrsv(
      CblasColMajor, CblasLower, isTransposed ? CblasTrans : CblasNoTrans, CblasNonUnit, size,
      factor, size, vector, 1)
  }

  /// Subtracts `X x`, or `X' x`, from `z`.
  func subtractProduct(
    _ block: UnsafePointer<Double>, isTransposed: Bool, _ x: UnsafePointer<Double>,
    from z: UnsafeMutablePointer<Double>
  ) {
    cblas_dgemv(
      CblasColMajor, isTransposed ? CblasTrans : CblasNoTrans, size, size, -1, block, size, x, 1,
      1, z, 1)
  }
}
