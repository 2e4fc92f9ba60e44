// An element inside a resource that changes what its object says.
namespace Sisote.Gateway.Minimising;

/// <summary>
/// A modifier element of FHIR R4 below the root (<c>CarePlan.activity.detail.doNotPerform</c>, <c>HumanName.use</c>). An object whose modifier stays behind would say something else than it did,
/// "do" for "do not", so it stays behind too; unless the value is the ordinary one, which changes nothing.
/// </summary>
/// <param name="Ordinary">The literal that changes nothing.</param>
/// <param name="IsUse">Whether it says what a name, an address or an identifier is for.</param>
internal sealed record ModifierElement(JsonKind Ordinary, bool IsUse)
{
    internal static ModifierElement Of(string name) => new(name == "active" ? JsonKind.True : JsonKind.False, name == "use");

    /// <summary>Whether a value changes nothing.</summary>
    internal bool IsOrdinary(SoundJson json, int row) => IsUse ? json.IsText(row) && IsOrdinaryUse(json.Say(row)) : json.KindOf(row) == Ordinary;

    /// <summary>What is in use now and is the person's own: not old, not for a time, not another name.</summary>
    internal static bool IsOrdinaryUse(ReadOnlySpan<byte> use) =>
        use.SequenceEqual("official"u8) || use.SequenceEqual("usual"u8) || use.SequenceEqual("secondary"u8) || use.SequenceEqual("home"u8) || use.SequenceEqual("work"u8) || use.SequenceEqual("mobile"u8);
}
