// The person who reviews, or is asked.
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Cases;

/// <summary>A signed-in person of an organisation with an identifier for the log.</summary>
internal sealed record Reviewer(OrganisationId Organisation, ProfessionalId Person)
{
    /// <summary>Whether a case is of the own organisation.</summary>
    public bool Admits<T>(CaseFile<T> file)
        where T : ReviewCase => file.Case.Organisation == Organisation;

    /// <summary>Who calls; null where the account has no identifier for the log.</summary>
    public static Reviewer? Of(HttpContext context) => context.Reviewer() is { Organisation: { } organisation } person && LogReads.PartyOf(person).Professional is { } id ? new Reviewer(organisation, id) : null;

    /// <summary>The organisation whose cases a caller sees: a person the own, the operator all.</summary>
    public static OrganisationId? ViewOf(HttpContext context) => (context.GetCaller() as Caller.Person)?.Organisation;

    /// <summary>Who is on record.</summary>
    public static CaseActor ActorOf(HttpContext context) => new(LogReads.PartyOf(context.GetCaller()), context.TraceIdentifier);
}
