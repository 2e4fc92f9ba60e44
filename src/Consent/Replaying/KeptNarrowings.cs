// Deployments narrow decisions; each narrowing that was ever in use is kept.
using Sisote.Consent.Storage;
using Sisote.Policy.Deployments;
using Sisote.Policy.Replaying;

namespace Sisote.Consent.Replaying;

/// <summary>Keeps the narrowing of the deployment at every start, by version, so that an older decision can be made again as it was narrowed then.</summary>
internal sealed class KeptNarrowings(Database database, Deployment deployment, TimeProvider clock) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var narrowing = DeploymentNarrowing.Of(deployment);
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync(
            "INSERT INTO deployment_narrowing (version, content, first_seen) VALUES (@version, @content, @first_seen) ON CONFLICT (version) DO NOTHING",
            cancellationToken,
            ("version", narrowing.Version().Value),
            ("content", narrowing.ToArray()),
            ("first_seen", clock.GetUtcNow().Column()));
        await session.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The narrowing of a version; null where none is kept, or where what is kept has another version.</summary>
    public static async Task<DeploymentNarrowing?> FindAsync(Session session, DeploymentVersion version, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT content FROM deployment_narrowing WHERE version = @version", static row => row.GetFieldValue<byte[]>(0), cancellation, ("version", version.Value)))
            is [var content] && DeploymentNarrowing.TryRead(content, out var narrowing) && narrowing.Version() == version ? narrowing : null;
}
