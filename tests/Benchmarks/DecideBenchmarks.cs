// How long a decision takes and what it leaves behind.
using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;

namespace Sisote.Benchmarks;

/// <summary>One decision, next to one look-up in a plain dictionary of texts.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private readonly DecideScenes scenes = new();
    private FrozenDictionary<string, string> dictionary = FrozenDictionary<string, string>.Empty;
    private string code = string.Empty;
    private AccessRequest one = null!;
    private AccessRequest ten = null!;
    private AccessRequest own = null!;
    private AccessRequest teacher = null!;

    [GlobalSetup]
    public void Prepare()
    {
        dictionary = scenes.AllItems.ToFrozenDictionary(static item => item.Value, static item => item.Value, StringComparer.Ordinal);
        code = new string("exercise-restriction");
        one = scenes.Read(scenes.Permitted.Take(1));
        ten = scenes.Read(scenes.Permitted.Take(10));
        own = scenes.ReadOwn(scenes.AllItems);
        teacher = scenes.ReadByTeacher(scenes.Permitted.Take(10));
        Require(PermitOne().PermitsAll && PermitTen().PermitsAll && PermitTen().Items.Length == 10 && PermitTenOfAMinor().PermitsAll);
        Require(DecideAll().Items.Length == 45 && DecideAll().Permits.Count() == 44);
        Require(DenyTenWithoutConsent().Denials.All(static deny => deny.Reason == ReasonClass.NoConsent));
        Require(DenyTenWithoutRule().Denials.Count(static deny => deny.Reason == ReasonClass.NoRule) == 10);
    }

    [Benchmark(Baseline = true, Description = "one look-up in a FrozenDictionary<string, string>")]
    public string LookUp() => dictionary[code];

    [Benchmark(Description = "1 item permitted")]
    public Decision PermitOne() => scenes.Point.Decide(one, scenes.Adult, DecideScenes.Noon);

    [Benchmark(Description = "10 items permitted")]
    public Decision PermitTen() => scenes.Point.Decide(ten, scenes.Adult, DecideScenes.Noon);

    [Benchmark(Description = "45 items, own view (44 permitted)")]
    public Decision DecideAll() => scenes.Point.Decide(own, scenes.Adult, DecideScenes.Noon);

    [Benchmark(Description = "10 items denied, no consent")]
    public Decision DenyTenWithoutConsent() => scenes.Point.Decide(ten, scenes.WithoutConsent, DecideScenes.Noon);

    [Benchmark(Description = "10 items denied, no rule")]
    public Decision DenyTenWithoutRule() => scenes.Point.Decide(teacher, scenes.Adult, DecideScenes.Noon);

    [Benchmark(Description = "10 items of a minor permitted")]
    public Decision PermitTenOfAMinor() => scenes.Point.Decide(ten, scenes.Minor, DecideScenes.Noon);

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A scene does not come out as its name says.");
        }
    }
}
