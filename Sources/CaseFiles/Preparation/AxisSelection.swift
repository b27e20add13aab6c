/// Which entries of a raw tensor the options choose.
///
/// Shapes: (L,T,T), (L,H,T,T), with a batch (B,L,T,T) and (B,L,H,T,T). A tensor without a head
/// axis has one head here.
struct AxisSelection {
  /// Where the entries of the chosen batch start.
  let start: Int

  /// The layers that are kept.
  let layers: Range<Int>

  /// The number of heads.
  let heads: Int

  /// The number of tokens, T.
  let tokens: Int

  /// Reads the axes of a shape as the options say.
  init(_ raw: RawTensor, _ options: PreparationOptions) throws(InputError) {
    func fail(_ problem: InputProblem) -> InputError { raw.origin.error(problem) }

    let shape = raw.shape
    let hasBatch = shape.count == 5 || (shape.count == 4 && options.batch != nil)
    let hasHeads = shape.count == (hasBatch ? 5 : 4)
    var axes = shape[...]
    var batch = 0
    if hasBatch {
      let batches = axes.removeFirst()
      guard let chosen = options.batch else { throw fail(.batchNeeded(batches: batches)) }
      guard (0..<batches).contains(chosen) else {
        throw fail(.indexOutOfRange(option: "--batch", index: chosen, count: batches))
      }
      batch = chosen
    } else if options.batch != nil {
      throw fail(.batchWithoutAxis)
    }
    let layerCount = axes.removeFirst()
    heads = hasHeads ? axes.removeFirst() : 1
    tokens = axes[axes.startIndex]
    if hasHeads {
      guard let reduction = options.heads else { throw fail(.headsNeeded(heads: heads)) }
      if case .head(let head) = reduction, !(0..<heads).contains(head) {
        throw fail(.indexOutOfRange(option: "--heads", index: head, count: heads))
      }
    } else if options.heads != nil {
      throw fail(.headsWithoutAxis)
    }
    let range = options.layers ?? LayerRange(lower: 0)
    let upper = range.upper ?? layerCount
    guard 0 <= range.lower, range.lower < upper, upper <= layerCount else {
      throw fail(.badLayerRange(lower: range.lower, upper: upper, layers: layerCount))
    }
    layers = range.lower..<upper
    start = batch * layerCount * heads * tokens * tokens
  }
}
