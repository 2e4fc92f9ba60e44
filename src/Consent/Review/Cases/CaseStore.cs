// The rows of cases.
using System.Data.Common;
using System.Security.Cryptography;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Replaying;
using Sisote.Consent.Retention;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Cases;

/// <summary>Keeps cases, sealed; the columns beside them are for finding them only.</summary>
internal sealed class CaseStore(ClientKeys keys)
{
    public const string Round = "round";
    public const string Question = "question";
    public const string Request = "request";

    private const int MostListed = 1000;

    /// <summary>The case; null where there is none.</summary>
    public async Task<KeptCase<T>?> FindAsync<T>(Session session, string id, CancellationToken cancellation)
        where T : ReviewCase =>
        (await session.QueryAsync("SELECT id, content FROM review_case WHERE id = @id AND kind = @kind", Read<T>, cancellation, ("id", id), ("kind", KindOf<T>()))).SingleOrDefault();

    /// <summary>The newest cases of an organisation, or of all; and whether these are all of them.</summary>
    public async Task<(List<KeptCase<T>> Cases, bool Complete)> ListAsync<T>(Session session, OrganisationId? organisation, CancellationToken cancellation)
        where T : ReviewCase
    {
        var found = await session.QueryAsync(
            $"SELECT id, content FROM review_case WHERE kind = @kind AND (@organisation = '' OR organisation = @organisation) ORDER BY id DESC LIMIT {MostListed + 1}",
            Read<T>,
            cancellation,
            ("kind", KindOf<T>()),
            ("organisation", organisation?.Value ?? string.Empty));
        return (found[..Math.Min(found.Count, MostListed)], found.Count <= MostListed);
    }

    /// <summary>Cases of an organisation, or of all, that have not ended and whose last day lies before a day: every one of them, however many came later.</summary>
    public Task<List<KeptCase<T>>> DueBeforeAsync<T>(Session session, OrganisationId? organisation, DateOnly day, CancellationToken cancellation)
        where T : ReviewCase => session.QueryAsync(
        """
        SELECT id, content FROM review_case
        WHERE kind = @kind AND (@organisation = '' OR organisation = @organisation) AND due < @day AND state NOT IN ('answered', 'closed', 'handed-over', 'refused') ORDER BY due, id
        """,
        Read<T>,
        cancellation,
        ("kind", KindOf<T>()),
        ("organisation", organisation?.Value ?? string.Empty),
        ("day", day.Column()));

    /// <summary>Questions to a professional of an organisation; newest first.</summary>
    public Task<List<KeptCase<T>>> OfPersonAsync<T>(Session session, OrganisationId organisation, ProfessionalId person, CancellationToken cancellation)
        where T : ReviewCase => session.QueryAsync(
        $"SELECT id, content FROM review_case WHERE kind = @kind AND organisation = @organisation AND person = @person ORDER BY id DESC LIMIT {MostListed}",
        Read<T>,
        cancellation,
        ("kind", KindOf<T>()),
        ("organisation", organisation.Value),
        ("person", person.Value));

    /// <summary>Requests of a client; newest first.</summary>
    public async Task<List<KeptCase<T>>> OfClientAsync<T>(Session session, ClientId client, CancellationToken cancellation)
        where T : ReviewCase => await session.QueryAsync(
        $"SELECT id, content FROM review_case WHERE kind = @kind AND {session.Dialect.IsAmong("client", "clients")} ORDER BY id DESC LIMIT {MostListed}",
        Read<T>,
        cancellation,
        ("kind", KindOf<T>()),
        ("clients", await Identities.ValuesAsync(session, client, cancellation)));

    /// <summary>Writes a case as it stands; what the log has to commit to.</summary>
    public async Task<Digest> WriteAsync<T>(Session session, CaseFile<T> file)
        where T : ReviewCase
    {
        var (shown, bytes) = (file.Case, file.ToArray());
        await session.ExecuteAsync(
            """
            INSERT INTO review_case (id, kind, organisation, state, person, client, due, opened_at, content)
            VALUES (@id, @kind, @organisation, @state, @person, @client, @due, @opened_at, @content)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, due = excluded.due, content = excluded.content
            """,
            CancellationToken.None,
            ("id", shown.Id),
            ("kind", KindOf<T>()),
            ("organisation", shown.Organisation.Value),
            ("state", shown.State),
            ("person", (shown as ReviewQuestion)?.Person.Value),
            ("client", file.Client?.Reveal()),
            ("due", shown.Due?.Column()),
            ("opened_at", shown.OpenedAt.Column()),
            ("content", keys.SealCase(shown.Id, bytes)));
        return new Digest(SHA256.HashData(bytes));
    }

    /// <summary>What the newest entry about a case says of it.</summary>
    public static async Task<CaseProof> ProveAsync<T>(Session session, KeptCase<T> kept, CancellationToken cancellation)
        where T : ReviewCase
    {
        var newest = (await EntriesAsync(session, kept.Case.Id, cancellation)).LastOrDefault();
        return newest?.Entry()?.Review is not { } review ? new CaseProof(null, "not-in-log")
            : new CaseProof(newest.Index, ReplayableEntry.Read(newest).IsWhole && review.Content == kept.Digest ? "unchanged" : "changed");
    }

    /// <summary>The entries that tell of a case, in the order of the log.</summary>
    public static async Task<List<LoggedEntry>> EntriesAsync(Session session, string id, CancellationToken cancellation) => (await session.QueryAsync(
        $"SELECT {LogTable.Columns} FROM log_entry WHERE (entry_id = @id OR relates = @id) AND kind = 'review' ORDER BY leaf_index", LogTable.Read, cancellation, ("id", id)))
        .FindAll(static logged => logged.Record is not null);

    public static string KindOf<T>()
        where T : ReviewCase => typeof(T) == typeof(ReviewRound) ? Round : typeof(T) == typeof(ReviewQuestion) ? Question : typeof(T) == typeof(LogRequest) ? Request : throw new InvalidOperationException("No kind of case.");

    private KeptCase<T> Read<T>(DbDataReader row)
        where T : ReviewCase
    {
        var bytes = keys.OpenCase(row.GetString(0), row.GetFieldValue<byte[]>(1));
        return new KeptCase<T>(CaseFile<T>.Read(bytes), new Digest(SHA256.HashData(bytes)));
    }
}
