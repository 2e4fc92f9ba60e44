// Where consents are found by those who do not name the client.
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>A consent and whose it is.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Id">Which.</param>
/// <param name="Due">What its recipients are still to be told: <see cref="ConsentPlaces.Whole"/>, or the items that fell away; null = nothing.</param>
internal sealed record ConsentPlace(ClientId Client, string Id, string? Due = null);

/// <summary>One row for each consent, written with each version: by recorder, by named recipient, and by what recipients are still to be told.</summary>
internal static class ConsentPlaces
{
    /// <summary>All that was received on a consent is concerned.</summary>
    public const string Whole = "due";

    /// <summary>Writes where the consent of this version is found, and what recipients are to be told of it beside what they are still to be told.</summary>
    public static async Task PutAsync(Session session, ConsentVersion version, CancellationToken cancellation)
    {
        var due = await FallenAwayAsync(session, version, cancellation);
        if (due is not (null or Whole) && await FindDueAsync(session, version, cancellation) is { } before)
        {
            due = before == Whole ? Whole : string.Join(' ', before.Split(' ').Union(due.Split(' ')));
        }

        await PutAsync(session, version, due, cancellation);
    }

    /// <summary>What a version takes back of the one before: a withdrawal all, a change the items that it names no longer, or all where it names another recipient or purpose.</summary>
    private static async Task<string?> FallenAwayAsync(Session session, ConsentVersion version, CancellationToken cancellation)
    {
        if (version is not { What: ConsentVersion.Withdrawn or ConsentVersion.Changed, Record: { Type: ConsentType.Permit } now })
        {
            return null;
        }

        if (version.What == ConsentVersion.Withdrawn)
        {
            return Whole;
        }

        // A mirrored permission that is told anew after it ended took nothing back just now; its end did.
        var before = (await ConsentStore.VersionsAsync(session, version.Client, now.Id, cancellation)).LastOrDefault(one => one.Record.Version < now.Version);
        return before?.Record is not { Status: ConsentStatus.Active } then ? null
            : NamesElsewhere(then, now) ? Whole
            : now.AllItems || (await NamedAsync(session, version.Client, then, cancellation)).Except(now.Items).ToList() is not { Count: > 0 } fallen ? null
            : string.Join(' ', fallen);
    }

    /// <summary>The items of a version; of one that named all, those that were received on it.</summary>
    private static async Task<IEnumerable<DataItemId>> NamedAsync(Session session, ClientId client, ConsentRecord record, CancellationToken cancellation) =>
        record.AllItems ? (await Receipts.ReadAsync(session, client, record.Id, cancellation)).Recipients().SelectMany(static one => one.Items).Distinct() : record.Items;

    private static bool NamesElsewhere(ConsentRecord then, ConsentRecord now) =>
        Excludes(now.RecipientSector, then.RecipientSector) || Excludes(now.RecipientRole, then.RecipientRole) || Excludes(now.RecipientOrganisation, then.RecipientOrganisation)
        || Excludes(now.RecipientSystem, then.RecipientSystem) || Excludes(now.RecipientPerson, then.RecipientPerson) || Excludes(now.Purpose, then.Purpose);

    private static bool Excludes<T>(T? now, T? then)
        where T : struct => now is { } named && !named.Equals(then);

    private static async Task<string?> FindDueAsync(Session session, ConsentVersion version, CancellationToken cancellation) =>
        (await session.QueryAsync(
            "SELECT notices FROM consent_place WHERE client = @client AND id = @id", static row => row.TextOrNull(0), cancellation, ("client", version.Client.Reveal()), ("id", version.Record.Id))).SingleOrDefault();

    private static Task PutAsync(Session session, ConsentVersion version, string? due, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            INSERT INTO consent_place (client, id, recorded_for, recipient_organisation, recipient_person, source, notices, identity)
            VALUES (@client, @id, @recorded_for, @recipient_organisation, @recipient_person, @source, @notices, @identity)
            ON CONFLICT (client, id) DO UPDATE SET recorded_for = COALESCE(@recorded_for, consent_place.recorded_for), recipient_organisation = @recipient_organisation,
              recipient_person = @recipient_person, source = @source, notices = COALESCE(@notices, consent_place.notices)
            """,
            cancellation,
            ("client", version.Client.Reveal()),
            ("id", version.Record.Id),
            ("recorded_for", version.Evidence.RecordedFor?.Value),
            ("recipient_organisation", version.Record.RecipientOrganisation?.Value),
            ("recipient_person", version.Record.RecipientPerson?.Value),
            ("source", version.Evidence.Source),
            ("identity", version.Identity?.Reveal()),
            ("notices", due));

    /// <summary>Whether the identifier is another client's.</summary>
    public static async Task<bool> IsOfAnotherAsync(Session session, string id, ClientId client, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT client FROM consent_place WHERE id = @id AND client <> @client", static row => row.GetString(0), cancellation, ("id", id), ("client", client.Reveal()))).Count > 0;

    /// <summary>By identifier, the identity under which each consent of a client came; null for the client's own.</summary>
    public static async Task<Dictionary<string, ClientId?>> IdentitiesAsync(Session session, ClientId client, CancellationToken cancellation) => (await session.QueryAsync(
        "SELECT id, identity FROM consent_place WHERE client = @client",
        static row => (row.GetString(0), row.TextOrNull(1) is { } identity ? ClientId.Parse(identity) : (ClientId?)null),
        cancellation,
        ("client", client.Reveal()))).ToDictionary();

    /// <summary>The consent with this identifier that an organisation recorded; null where there is none.</summary>
    public static async Task<ConsentPlace?> RecordedAsync(Session session, string id, OrganisationId organisation, CancellationToken cancellation) =>
        (await session.QueryAsync(
            "SELECT client, id FROM consent_place WHERE id = @id AND recorded_for = @organisation", Read, cancellation, ("id", id), ("organisation", organisation.Value))).SingleOrDefault();

    /// <summary>Whether an organisation recorded any consent of a client, under that very identity.</summary>
    public static async Task<bool> IsRecordedAsync(Session session, ClientId client, OrganisationId organisation, CancellationToken cancellation) =>
        (await session.QueryAsync(
            "SELECT id FROM consent_place WHERE (client = @client OR identity = @client) AND recorded_for = @organisation LIMIT 1",
            static row => row.GetString(0),
            cancellation,
            ("client", client.Reveal()),
            ("organisation", organisation.Value))).Count > 0;

    /// <summary>The consent with this identifier that was given here, whoever recorded it; null where there is none.</summary>
    public static async Task<ConsentPlace?> GivenHereAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT client, id FROM consent_place WHERE id = @id AND source IS NULL", Read, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>All that name a professional as recipient.</summary>
    public static Task<List<ConsentPlace>> NamingAsync(Session session, OrganisationId organisation, ProfessionalId person, CancellationToken cancellation) =>
        session.QueryAsync(
            "SELECT client, id FROM consent_place WHERE recipient_organisation = @organisation AND recipient_person = @person",
            Read,
            cancellation,
            ("organisation", organisation.Value),
            ("person", person.Value));

    /// <summary>Withdrawn or narrowed ones of which the recipients are still to be told: the first hundred behind <paramref name="last"/>.</summary>
    public static Task<List<ConsentPlace>> DueAsync(Session session, ConsentPlace? last, CancellationToken cancellation) => session.QueryAsync(
        "SELECT client, id, notices FROM consent_place WHERE notices IS NOT NULL AND (id > @id OR (id = @id AND client > @client)) ORDER BY id, client LIMIT 100",
        ReadDue,
        cancellation,
        ("id", last?.Id ?? string.Empty),
        ("client", last?.Client.Reveal() ?? string.Empty));

    /// <summary>One of them; null where nothing is to be told of it.</summary>
    public static async Task<ConsentPlace?> DueAsync(Session session, ClientId client, string id, CancellationToken cancellation) => (await session.QueryAsync(
        "SELECT client, id, notices FROM consent_place WHERE client = @client AND id = @id AND notices IS NOT NULL", ReadDue, cancellation, ("client", client.Reveal()), ("id", id))).SingleOrDefault();

    /// <summary>The recipients are told; false where somebody else was quicker.</summary>
    public static async Task<bool> ToldAsync(Session session, ConsentPlace place, CancellationToken cancellation) =>
        await session.ExecuteAsync(
            "UPDATE consent_place SET notices = NULL WHERE client = @client AND id = @id AND notices = @due", cancellation, ("client", place.Client.Reveal()), ("id", place.Id), ("due", place.Due)) == 1;

    private static ConsentPlace ReadDue(System.Data.Common.DbDataReader row) => Read(row) with { Due = row.GetString(2) };

    private static ConsentPlace Read(System.Data.Common.DbDataReader row) => new(ClientId.Parse(row.GetString(0)), row.GetString(1));
}
