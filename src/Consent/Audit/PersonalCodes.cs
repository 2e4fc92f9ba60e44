// No national identifier where it would be kept or shown.
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>Finds national identifiers in what a caller wrote. Identifiers of entries and calls are left out: in their many digits a code may stand by chance.</summary>
internal static class PersonalCodes
{
    public static bool AreIn(string text) => text.Split(',', '|', '/').Any(static part => !IsOurs(part) && Hetu.IsIn(part));

    private static bool IsOurs(string part) => FreshId.IsWithOrWithoutDashes(part);
}
