// What a client, or who recorded a consent, should be reminded of.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Finds reminders in a client's consents as they stand now.</summary>
internal sealed class Reminders(Database database, ClientStore clients, ConsentAnswers answers, FormRules rules, TimeProvider clock)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);
    private static readonly TimeSpan Long = TimeSpan.FromDays(365);
    private static readonly string[] Pressing = ["closes-what-you-opened", "waits-for-signature", "ends-soon", "ask-again", "stands-long"];

    /// <summary>The reminders of one client, the most pressing first.</summary>
    public async Task<ImmutableArray<ConsentReminder>> OfAsync(ClientId client, CancellationToken cancellation) =>
        await OfAsync(client, [.. (await answers.ListAsync(client, cancellation)).Select(static one => one.Consent)], cancellation);

    /// <summary>The reminders in some of a client's consents, as if there were no others.</summary>
    public async Task<ImmutableArray<ConsentReminder>> OfAsync(ClientId client, IReadOnlyCollection<MyConsent> some, CancellationToken cancellation) =>
        [.. Order(Find(some, some.Any(static one => one.Consent.GivenBy is "guardian" or "guardians") ? await EndOfMinorityAsync(client, cancellation) : null), static one => one)];

    /// <summary>In their order.</summary>
    public static IEnumerable<T> Order<T>(IEnumerable<T> some, Func<T, ConsentReminder> reminder) => some.OrderBy(one => Array.IndexOf(Pressing, reminder(one).Kind)).ThenBy(one => reminder(one).At);

    private async Task<DateTimeOffset?> EndOfMinorityAsync(ClientId client, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var row = await clients.FindAsync(session, await Identities.StandsForAsync(session, client, cancellation), cancellation);
        return (row?.Facts?.BirthDate ?? row?.Identifier?.BirthDate) is { } born && WhoConsents.EndOfMinority(new ClientFacts { BirthDate = born }, FinnishTime.StartOf(born)) is { } end
            ? CanonicalTime.Cut(end)
            : null;
    }

    private IEnumerable<ConsentReminder> Find(IReadOnlyCollection<MyConsent> all, DateTimeOffset? endOfMinority)
    {
        var now = clock.GetUtcNow();
        var opening = all.Select(static one => one.Consent).Where(record => record is { Type: ConsentType.Permit, Status: ConsentStatus.Active } && record.From <= now).ToList();
        foreach (var one in all)
        {
            var (kind, cause, at) = one.Consent switch
            {
                { Status: ConsentStatus.Draft } => (Pressing[1], null, one.History[^1].At),
                { Status: ConsentStatus.Active, Type: ConsentType.Prohibition } record when opening.Any(permit => Closes(record, permit)) => (Pressing[0], null, record.From),
                { Status: ConsentStatus.Active, Type: ConsentType.Prohibition } record when record.From <= now - Long => (Pressing[4], null, record.From),
                { Status: ConsentStatus.Active, Type: ConsentType.Permit, To: { } to } when to <= now + Soon => (Pressing[2], null, to),
                { Status: ConsentStatus.Expired, Type: ConsentType.Permit } record when EndOf(one) >= now - Lately && !opening.Any(other => Renews(other, record)) => (Pressing[3], CauseOf(one, endOfMinority), EndOf(one)),
                _ => ((string?)null, (string?)null, now),
            };
            if (kind is not null)
            {
                yield return Make(one.Consent, kind, cause, at);
            }
        }
    }

    private static ConsentReminder Make(ConsentRecord record, string kind, string? cause, DateTimeOffset at) => new()
    {
        Kind = kind,
        Cause = cause,
        Consent = record.Id,
        Form = record.Form,
        Items = record.Items,
        RecipientOrganisation = record.RecipientOrganisation,
        Purpose = record.Purpose,
        At = at,
    };

    private static DateTimeOffset EndOf(MyConsent one) => one.History[^1].What is ConsentVersion.RecipientLeft or ConsentVersion.Used or ConsentVersion.Merged ? one.History[^1].At : one.Consent.To ?? one.History[^1].At;

    private static string CauseOf(MyConsent one, DateTimeOffset? endOfMinority) => one.History[^1].What switch
    {
        ConsentVersion.RecipientLeft => "recipient-left",
        ConsentVersion.Used => "used",
        ConsentVersion.Merged => "merged",
        _ when one.Evidence?.Case is not null && one.Consent.To != one.History[^1].To => "case-ended",
        _ when one.Consent.GivenBy is "guardian" or "guardians" && one.Consent.To == endOfMinority => "of-age",
        _ => "time",
    };

    /// <summary>Whether a prohibition stops what a permission would open: of its form, with an item in common, and not aimed elsewhere.</summary>
    private bool Closes(ConsentRecord prohibition, ConsentRecord permit) =>
        (rules.NarrowedBy(prohibition.Form) == permit.Form || prohibition.Form == permit.Form)
        && (prohibition.AllItems || permit.AllItems || prohibition.Items.Intersect(permit.Items).Any())
        && Meets(prohibition.RecipientSector, permit.RecipientSector) && Meets(prohibition.RecipientRole, permit.RecipientRole)
        && Meets(prohibition.RecipientOrganisation, permit.RecipientOrganisation) && Meets(prohibition.Purpose, permit.Purpose);

    private static bool Meets<T>(T? one, T? other)
        where T : struct, IEquatable<T> => one is null || other is null || one.Value.Equals(other.Value);

    private static bool Renews(ConsentRecord other, ConsentRecord ended) =>
        other.Form == ended.Form && other.Purpose == ended.Purpose && other.RecipientSector == ended.RecipientSector && other.RecipientOrganisation == ended.RecipientOrganisation
        && other.GivenBy == ended.GivenBy && (other.SourceOrganisations is not { } sources || ended.SourceOrganisations?.All(sources.Contains) == true) && (other.AllItems || ended.Items.All(item => other.Items.Contains(item)));
}
