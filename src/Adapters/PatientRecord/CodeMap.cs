// Translates codes, both ways.
using System.Diagnostics.CodeAnalysis;
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;

namespace Sisote.Adapters.PatientRecord;

/// <summary>A native code system and the FHIR code system it translates to. A code that is not in it has no translation.</summary>
internal sealed record CodeMap
{
    /// <summary>Native code system (OID).</summary>
    public string From { get; init; } = "";

    /// <summary>FHIR code system.</summary>
    public string To { get; init; } = "";

    /// <summary>Whether codes stay as they are: both sides use the same national code system.</summary>
    public bool PassThrough { get; init; }

    /// <summary>FHIR codes by native code.</summary>
    public Dictionary<string, MappedCode> Codes { get; init; } = [];

    /// <summary>The FHIR code of a native one.</summary>
    public bool TryMap(CdaCode native, [NotNullWhen(true)] out MappedCode? mapped)
    {
        mapped = native.System != From ? null : PassThrough ? new MappedCode { Code = native.Code } : Codes.GetValueOrDefault(native.Code);
        return mapped is not null;
    }

    /// <summary>The native code of a FHIR one; a concept with codings of which none or several translate has none.</summary>
    public bool TryReverse(CodeableConcept? concept, [NotNullWhen(true)] out NativeCode? native)
    {
        var found = (concept?.Coding ?? []).Where(coding => coding.System == To)
            .SelectMany(coding => Codes.Where(code => code.Value.Code == coding.Code).Select(code => new NativeCode(From, code.Key, code.Value))).ToList();
        native = found.FirstOrDefault();
        return found.Count == 1;
    }
}

/// <summary>A FHIR code with what belongs to it.</summary>
internal sealed record MappedCode
{
    /// <summary>Code.</summary>
    public string Code { get; init; } = "";

    /// <summary>UCUM unit of a quantity; another unit is refused, not converted.</summary>
    public string? Unit { get; init; }

    /// <summary>Category of an observation with this code.</summary>
    public string? Category { get; init; }

    /// <summary>The record's own name of the code, for its documents.</summary>
    public string Label { get; init; } = "";
}

/// <summary>A native code.</summary>
internal sealed record NativeCode(string System, string Code, MappedCode Mapped);
