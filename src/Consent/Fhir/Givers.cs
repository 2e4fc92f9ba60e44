// Who gives a consent, as FHIR has it.
using Sisote.Consent.Consents;

namespace Sisote.Consent.Fhir;

/// <summary>Which performers the word for a giver means.</summary>
internal static class Givers
{
    private const string Both = "client-and-guardian";

    public static bool IsClientAmong(string giver) => giver is ConsentGiving.Client or Both;

    public static bool IsAnotherAmong(string giver) => giver != ConsentGiving.Client;
}
