// What is fuzzed, with what to begin.
using System.Text;
using Sisote.Tests.Gateway.Minimising;

namespace Sisote.Tests.Fuzzing;

/// <summary>A door that takes bytes: four that choose (type, form, ...), then the text.</summary>
/// <param name="Seeds">Inputs to begin with.</param>
/// <param name="Take">Takes one input; throws what it finds.</param>
internal sealed record Target(Func<IReadOnlyList<byte[]>> Seeds, Action<byte[]> Take)
{
    /// <summary>How many bytes choose.</summary>
    internal const int Head = 4;
}

/// <summary>The doors by name.</summary>
internal static class Targets
{
    private static readonly string[] Types = FuzzTargets.Types;
    private static readonly string[] Places = [.. Types, "$everything", "x"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];
    private static readonly string[] Media = ["application/fhir+json", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "x"];

    internal static IReadOnlyDictionary<string, Target> All { get; } = new Dictionary<string, Target>(StringComparer.Ordinal)
    {
        ["minimiser"] = new(Resources, static input => FuzzTargets.Minimise(input[Target.Head..], Pick(Types, input[0]), input[1] % 2 == 1)),
        ["entries"] = new(Resources, static input => FuzzTargets.Inspect(input[Target.Head..], Pick(Types, input[0]))),
        ["requests"] = new(Requests, ReadRequest),
    };

    private static byte[][] Resources() =>
        [.. Types.SelectMany(static (type, number) => Seeds.Of(type).SelectMany(text => new byte[] { 0, 1 }.Select(form => (byte[])[(byte)number, form, 0, 0, .. text])))];

    private static byte[][] Requests() =>
    [
        .. from query in FuzzTargets.Queries
           from form in Enumerable.Range(0, 6)
           from media in new byte[] { 0, 1 }
           from type in new byte[] { 0, 3, 7 }
           let text = Encoding.UTF8.GetBytes(query)
           select (byte[])[(byte)(form % 2), type, (byte)form, media, .. text, 0, .. text],
        .. Types.SelectMany(static (type, number) => Seeds.Of(type).Take(5).Select(text => (byte[])[1, (byte)number, 1, 0, 0, .. text])),
    ];

    /// <summary>What stands before the first zero is the query or the id, the rest is the body.</summary>
    private static void ReadRequest(byte[] input)
    {
        var text = input.AsSpan(Target.Head);
        var end = text.IndexOf((byte)0) is >= 0 and var zero ? zero : text.Length;
        FuzzTargets.ReadRequest(end < text.Length ? text[(end + 1)..].ToArray() : [], text[..end], Pick(Methods, input[0]), Pick(Places, input[1]), input[2] % 6, Pick(Media, input[3]));
    }

    private static string Pick(string[] all, byte choice) => all[choice % all.Length];
}
