// One thing in a FHIR Consent that was not understood.
namespace Sisote.Consent.Fhir;

/// <summary>INVARIANT: neither path nor text holds a value of what was sent.</summary>
/// <param name="Kind">A code of FHIR's issue types.</param>
/// <param name="Path">Where, as FHIRPath.</param>
/// <param name="Text">What to do.</param>
internal sealed record ConsentFault(string Kind, string Path, string Text)
{
    public const string Required = "required";
    public const string Structure = "structure";
    public const string Value = "value";
    public const string Code = "code-invalid";
    public const string Extension = "extension";
    public const string NotHeld = "not-supported";
    public const string Rule = "business-rule";
}
