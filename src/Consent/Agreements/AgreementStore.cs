// Rows of agreements.
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Agreements;

/// <summary>Keeps agreements, ended ones included.</summary>
internal static class AgreementStore
{
    public static Task<List<Agreement>> AllAsync(Session session, CancellationToken cancellation) =>
        session.QueryAsync("SELECT id, kind, parties, flows, starts, ends FROM agreement ORDER BY id", Read, cancellation);

    public static async Task<Agreement?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT id, kind, parties, flows, starts, ends FROM agreement WHERE id = @id", Read, cancellation, ("id", id))).SingleOrDefault();

    public static Task AddAsync(Session session, Agreement agreement, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "INSERT INTO agreement (id, kind, parties, flows, starts, ends) VALUES (@id, @kind, @parties, @flows, @starts, @ends)",
            cancellation,
            ("id", agreement.Id),
            ("kind", agreement.Kind),
            ("parties", agreement.Parties.Column()),
            ("flows", agreement.Flows.Column()),
            ("starts", agreement.From.Column()),
            ("ends", agreement.To?.Column()));

    public static Task ChangeAsync(Session session, Agreement agreement, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "UPDATE agreement SET flows = @flows, starts = @starts, ends = @ends WHERE id = @id",
            cancellation,
            ("id", agreement.Id),
            ("flows", agreement.Flows.Column()),
            ("starts", agreement.From.Column()),
            ("ends", agreement.To?.Column()));

    public static Task EndAsync(Session session, string id, DateTimeOffset at, CancellationToken cancellation) =>
        session.ExecuteAsync("UPDATE agreement SET ends = @ends WHERE id = @id", cancellation, ("id", id), ("ends", at.Column()));

    private static Agreement Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = row.GetString(1),
        Parties = row.Codes<OrganisationId>(2),
        Flows = row.Codes<RuleId>(3),
        From = row.Time(4),
        To = row.TimeOrNull(5),
    };
}
