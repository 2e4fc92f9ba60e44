// Versions of agreements: what was agreed, as it was agreed.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Consent.Agreements;

/// <summary>Keeps each version as a whole; none is ever overwritten.</summary>
internal static class AgreementVersions
{
    /// <summary>All versions of an agreement, newest first.</summary>
    public static Task<List<AgreementTerms>> OfAsync(Session session, string id, CancellationToken cancellation) =>
        session.QueryAsync("SELECT terms FROM agreement_version WHERE id = @id ORDER BY version DESC", Read, cancellation, ("id", id));

    /// <summary>The newest version of each agreement.</summary>
    public static async Task<Dictionary<string, AgreementTerms>> NewestAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT terms FROM agreement_version ORDER BY id, version DESC", Read, cancellation)).GroupBy(static terms => terms.Id).ToDictionary(static group => group.Key, static group => group.First());

    public static Task AddAsync(Session session, AgreementTerms terms, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "INSERT INTO agreement_version (id, version, terms, recorded_at) VALUES (@id, @version, @terms, @recorded_at)",
            cancellation,
            ("id", terms.Id),
            ("version", (long)terms.Version),
            ("terms", JsonSerializer.Serialize(terms, SisoteJson.Options)),
            ("recorded_at", terms.RecordedAt.Column()));

    private static AgreementTerms Read(DbDataReader row) =>
        JsonSerializer.Deserialize<AgreementTerms>(row.GetString(0), SisoteJson.Options) ?? throw new InvalidDataException("A version of an agreement is empty.");
}
