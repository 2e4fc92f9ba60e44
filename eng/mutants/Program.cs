// Runs the tests of src/Policy against each of its mutants in one warm process; see docs/mutation-testing.md.
using System.Globalization;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Sisote.Mutants;

return args switch
{
    ["weave", var folder, .. var assemblies] => Weaving.Weave(folder, assemblies),
    ["list", var report] => Table.List(report),
    ["table", var report, var results] => Table.Write(report, results),
    ["reach", var tests, var without, var reach] => Reaching.Run(Tests(tests).Where(test => without.Length == 0 || !Regex.IsMatch(test.Name, without)), reach),
    ["kill", var tests, var reach, var mutants, var results, var only, var budget] => Kill(Tests(tests), reach, mutants, results, only, budget),
    _ => throw new ArgumentException("weave FOLDER ASSEMBLIES | list REPORT | reach TESTS WITHOUT REACH | kill TESTS REACH MUTANTS RESULTS ONLY BUDGET | table REPORT RESULTS"),
};

static TestCase[] Tests(string tests)
{
    // Tests look for their data from the folder that they were built into, not from that of the woven copy.
    AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(tests) + "/");
    return TestCase.In(AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(typeof(TestCase).Assembly.Location)!, Path.GetFileName(tests))));
}

static int Kill(TestCase[] tests, string reach, string mutants, string results, string only, string budget)
{
    using var killing = new Killing(tests, reach, results, only, double.Parse(budget, CultureInfo.InvariantCulture));
    return killing.Run(File.ReadLines(mutants).Select(static line => int.Parse(line, CultureInfo.InvariantCulture)));
}
