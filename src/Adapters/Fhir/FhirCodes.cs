// Between a system's own codes and the catalogue's.
using System.Text.Json.Nodes;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>What a coding of the system is to us.</summary>
internal enum CodingFate
{
    /// <summary>It has a code of the catalogue.</summary>
    Known,

    /// <summary>It only repeats, in other words, what another coding beside it says.</summary>
    Repeats,

    /// <summary>What carries it is not shown.</summary>
    Withheld,
}

/// <summary>The table <c>codes</c> of a mapping, with <c>system|code</c> as native code and <c>*</c> for every code of a system, and the codings that the table <c>translations</c> leaves out.</summary>
internal sealed class FhirCodes(CodeMapping mapping)
{
    /// <summary>The table of codes.</summary>
    public const string Table = "codes";

    private const string Every = "*";
    private readonly CodeTable codes = mapping[Table];
    private readonly CodeTable? translations = mapping.Find("translations");

    /// <summary>What is wrong with the table, or null.</summary>
    public static string? FindFault(CodeMapping mapping) => mapping[Table].Rows.FirstOrDefault(static row => !IsSound(row)) is null
        ? null
        : "has a row in `codes` that is not `system|code` with a FHIR code system, or that takes a whole system to one code";

    /// <summary>What a coding becomes.</summary>
    /// <exception cref="NativeFaultException">No table knows it.</exception>
    public (CodingFate Fate, Token Code) ToCatalogue(string? system, string? code)
    {
        var (native, every) = ($"{system}|{code}", $"{system}|{Every}");
        if (codes.FindNative(native) is { } row)
        {
            return (CodingFate.Known, new Token(row.System, row.Code));
        }

        if (codes.IsWithheld(native) || codes.IsWithheld(every))
        {
            return (CodingFate.Withheld, default);
        }

        if (translations?.IsWithheld(native) == true || translations?.IsWithheld(every) == true)
        {
            return (CodingFate.Repeats, default);
        }

        return codes.FindNative(every) is { } all && !string.IsNullOrEmpty(code) && code != Every
            ? (CodingFate.Known, new Token(all.System, code))
            : throw new NativeFaultException(NativeFault.UnknownCode, $"a code that the table `{Table}` does not know");
    }

    /// <summary>What a code of the catalogue is in the system, or null where the table does not say.</summary>
    public Token? ToNative(string? system, string? code)
    {
        var row = codes.FromFhir(system, code) ?? (code is null or Every ? null : codes.FromFhir(system, Every));
        if (row is null)
        {
            return null;
        }

        var bar = row.Native.LastIndexOf('|');
        return new Token(row.Native[..bar], row.Native[(bar + 1)..] is var native && native == Every ? code! : native);
    }

    /// <summary>A coding.</summary>
    public static JsonObject ToCoding(Token code) => new() { ["system"] = code.System, ["code"] = code.Code };

    private static bool IsSound(CodeRow row) =>
        row.System.Length > 0 && row.Native.LastIndexOf('|') is var bar && bar >= 0 && bar < row.Native.Length - 1 && row.Native.EndsWith("|" + Every, StringComparison.Ordinal) == (row.Code == Every);
}
