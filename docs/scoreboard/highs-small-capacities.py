# HiGHS 1.15.1: of a path whose two arcs carry 1e-12 and nothing, one end carries flow and the other none,
# since rows may be off by 1e-7, whatever the scale.
import highspy

highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
first, second = highs.addVariable(0, 1e-12, -1), highs.addVariable(0, 0, 0)
highs.addConstr(first - second == 0)
highs.run()
print(highs.modelStatusToString(highs.getModelStatus()), list(highs.getSolution().col_value))
assert highs.getSolution().col_value[0] > 0, "this is repaired"
