// In which capacity a person is signed in.
namespace Sisote.Doors.Tokens;

/// <summary>In which capacity a person is signed in.</summary>
public enum PersonKind
{
    /// <summary>The person whose data it is. Claim value <c>client</c>.</summary>
    Client,

    /// <summary>A professional of an organisation. Claim value <c>professional</c>.</summary>
    Professional,

    /// <summary>A data-protection officer. Claim value <c>data-protection-officer</c>. Finnish: tietosuojavastaava.</summary>
    DataProtectionOfficer,

    /// <summary>Somebody who records agreements for a controller. Claim value <c>controller-admin</c>.</summary>
    ControllerAdmin,

    /// <summary>Somebody who examines the log of an organisation for a while. Claim value <c>auditor</c>.</summary>
    Auditor,
}

/// <summary>The claim values of <see cref="PersonKind"/>.</summary>
public static class PersonKinds
{
    /// <summary>The claim value of a kind.</summary>
    public static string ToClaim(this PersonKind kind) => kind switch
    {
        PersonKind.Client => "client",
        PersonKind.Professional => "professional",
        PersonKind.DataProtectionOfficer => "data-protection-officer",
        PersonKind.ControllerAdmin => "controller-admin",
        PersonKind.Auditor => "auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Reads a claim value; false for anything unknown.</summary>
    public static bool TryParse(string? text, out PersonKind kind)
    {
        (kind, var known) = text switch
        {
            "client" => (PersonKind.Client, true),
            "professional" => (PersonKind.Professional, true),
            "data-protection-officer" => (PersonKind.DataProtectionOfficer, true),
            "controller-admin" => (PersonKind.ControllerAdmin, true),
            "auditor" => (PersonKind.Auditor, true),
            _ => (default, false),
        };
        return known;
    }
}
