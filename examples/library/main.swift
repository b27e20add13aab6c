// What an attention-flow attribution is worth, from a Swift program.
//
// Run it with `swift run library-example`.
import AttentionFlow
import CaseFiles
import Checker

// Two layers, two tokens: the upper layer sends all attention to token 0.
let attention = try AttentionFlow(
  attention: [
    [[1, 0], [0.5, 0.5]],
    [[0.5, 0.5], [1, 0]],
  ])

for mode in [Mode.all, .single(0)] {
  let answer = try attention.answer(mode: mode).summary
  print("mode \(mode): value \(answer.value), unique flow: \(answer.uniqueFlow)")
  for token in answer.attributionMinimum.indices {
    let (least, most) = (answer.attributionMinimum[token], answer.attributionMaximum[token])
    print("  token \(token): from \(least) to \(most)")
  }
}
