#!/bin/bash
# Judges every mutant of src/Policy. Works on a clone of the last commit, in FOLDER: run.sh FOLDER [KEEP-REACH].
# Stryker makes the mutants and one assembly that holds them all; the tool beside this script runs the tests against each. A run that was stopped goes on where it was.
set -euo pipefail
repo=$(git rev-parse --show-toplevel); here=$repo/eng/mutants; to=$(realpath -m "$1"); clone=$to/clone; woven=$to/woven; tests=$clone/tests/Policy.Tests/bin/Debug/net10.0
export DOTNET_TieredPGO=0 DOTNET_gcConcurrent=0 DOTNET_GCHeapHardLimit=0x100000000

if [ ! -d "$clone" ]; then
  mkdir -p "$to"; git clone -q "$repo" "$clone"
  # The property tests draw fewer scenes: each mutant runs all tests that reach it.
  grep -rl 'iter: ' "$clone/tests/Policy.Tests" --include=*.cs | xargs sed -i -E 's/iter: [0-9_]+/iter: 40/'
fi

if [ ! -f "$to/mutants.json" ]; then
  # A project with one test, which keeps the mutated assembly while Stryker runs it; Stryker's own verdicts are not used.
  probe=$clone/tests/Probe; mkdir -p "$probe"
  echo '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="../../src/Policy/Policy.csproj" /></ItemGroup></Project>' > "$probe/Probe.csproj"
  cat > "$probe/ProbeTests.cs" <<PROBE
namespace Sisote.Tests.Probe;
public sealed class ProbeTests
{
    [Fact]
    public void KeepsTheMutatedAssembly()
    {
        Assert.True(Sisote.Policy.Ids.RuleId.TryParse("EX-01", out _));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Sisote.Policy.dll"), "$to/mutated.dll", true);
    }
}
PROBE
  echo '{"stryker-config": {"project": "Policy.csproj", "test-runner": "mtp", "coverage-analysis": "perTest", "reporters": ["json"], "mutate": ["**/*.cs", "!**/obj/**"]}}' > "$probe/stryker-config.json"
  (cd "$probe" && dotnet tool restore > /dev/null && dotnet stryker -c 1 --break-at 0 > "$to/stryker.log")
  cp "$probe"/StrykerOutput/*/reports/mutation-report.json "$to/mutants.json"
fi

dotnet build "$here" -c Release -v q -o "$to/tool" > "$to/build.log"
dotnet build "$clone/tests/Policy.Tests" -v q -p:RunAnalyzers=false >> "$to/build.log"
rm -rf "$woven"; cp -r "$tests" "$woven"; rm -f "$woven/Sisote.Policy.pdb"
cp "$to/mutated.dll" "$woven/Sisote.Policy.dll"; cp "$to"/tool/Sisote.Mutants.dll "$to"/tool/Mono.Cecil*.dll "$woven"
dotnet "$to/tool/Sisote.Mutants.dll" weave "$woven" Sisote.Policy.dll Sisote.Policy.Tests.dll
tool() { (cd "$woven" && dotnet exec --depsfile Sisote.Policy.Tests.deps.json --runtimeconfig Sisote.Policy.Tests.runtimeconfig.json Sisote.Mutants.dll "$@"); }

# Left out for their time: they change every value of the shipped law in turn.
[ -f "$to/reach.tsv" ] || { tool reach "$tests/Sisote.Policy.Tests.dll" "${WITHOUT-ComparisonCompleteness|WideningTests}" "$to/reaching.tsv"; mv "$to/reaching.tsv" "$to/reach.tsv"; }
tool list "$to/mutants.json" > "$to/ids.txt"

# A mutant that never ends, or takes the process with it, ends the process; the next goes on after it.
judge() {
  local now last='' code
  until tool kill "$tests/Sisote.Policy.Tests.dll" "$to/reach.tsv" "$1" "$2" "${ONLY-.}" "$3" 2>> "$to/kill.log" && code=0 || { code=$?; false; }; do
    [ "$code" = 3 ] || { now=$(cat "$2.now"); [ "$now" != "$last" ] || exit "$code"; last=$now; printf '%s\tCrashed\t\n' "$now" >> "$2"; }
  done
}

# First with the quick tests, as many as end within the budget of milliseconds; then what these did not kill, with all tests that reach it.
judge "$to/ids.txt" "$to/results.tsv" "${BUDGET-2000}"
[ -f "$to/again.txt" ] || awk -F'\t' '$2 == "Survived*" { print $1 }' "$to/results.tsv" > "$to/again.txt"
judge "$to/again.txt" "$to/again.tsv" "${BUDGET_AGAIN-600000}"

cat "$to/results.tsv" "$to/again.tsv" > "$to/all.tsv"
tool table "$to/mutants.json" "$to/all.tsv" | tee "$to/table.md"
