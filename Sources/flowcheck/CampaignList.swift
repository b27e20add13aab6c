// What a campaign can be narrowed to: the names that --property and --generator take.
import CaseFiles
import Generators
import Properties
import SolverInterface

/// All properties of a campaign without a solver of one's own.
private var properties: [Property] {
  battery(solvers: ownSolvers, z3: .sample)
}

/// Properties and families for people.
func campaignListText() -> String {
  var table = Table([.init("property", isNumber: false), .init("says", isNumber: false)])
  for property in properties { table.add([property.name, property.statement]) }
  var families = Table([.init("generator", isNumber: false), .init("makes", isNumber: false)])
  for family in CaseFamily.all { families.add([family.name, family.about]) }
  return table.text() + "\n" + families.text()
}

/// Properties and families for machines.
func campaignListJSON() throws -> String {
  var writer = JSONWriter(.pretty)
  writer.object { writer in
    writer.arrayField("properties") { writer in
      for property in properties {
        writer.object { writer in
          writer.field("name", property.name)
          writer.field("statement", property.statement)
          writer.field("source", property.source)
          writer.field("expected", property.expected.rawValue)
          writer.field("promised", !property.isFact)
        }
      }
    }
    writer.arrayField("generators") { writer in
      for family in CaseFamily.all {
        writer.object { writer in
          writer.field("name", family.name)
          writer.field("about", family.about)
        }
      }
    }
  }
  return String(decoding: try writer.finish(), as: UTF8.self)
}
