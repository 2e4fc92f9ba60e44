// Remembers which assertions were used, for all replicas.
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Sisote.Identity.Storage;

/// <summary>Accepts each assertion once.</summary>
internal sealed class UsedAssertions(IDbContextFactory<IdentityContext> contexts, TimeProvider clock)
{
    /// <summary>True for the first use.</summary>
    internal async Task<bool> TryUseAsync(string clientId, string jti, DateTimeOffset end, CancellationToken cancellation)
    {
        var fingerprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}\n{jti}")));
        var endsAt = end.AddMinutes(1).ToUnixTimeSeconds();
        await using var context = await contexts.CreateDbContextAsync(cancellation);

        // INVARIANT: the primary key decides who was first, also between replicas; the same words in SQLite and PostgreSQL.
        var written = context.Database.IsNpgsql()
            ? await context.Database.ExecuteSqlAsync($"insert into identity.used_assertion (fingerprint, ends_at) values ({fingerprint}, {endsAt}) on conflict do nothing", cancellation)
            : await context.Database.ExecuteSqlAsync($"insert into used_assertion (fingerprint, ends_at) values ({fingerprint}, {endsAt}) on conflict do nothing", cancellation);
        return written == 1;
    }

    /// <summary>Removes what is too old to be accepted anyway; answers how many.</summary>
    internal async Task<int> PurgeAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.UsedAssertions.Where(row => row.EndsAt < now).ExecuteDeleteAsync(cancellation);
    }
}
