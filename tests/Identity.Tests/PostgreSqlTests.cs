// Replicas on one PostgreSQL database.
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sisote.Doors.Tokens;
using Sisote.Identity.Storage;
using Sisote.Tests.Doors;
using Sisote.Tests.Testing;
using static Sisote.Tests.Identity.RunningAuthority;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Sisote.Tests.Identity;

public sealed class PostgreSqlTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ReplicasThatStartTogetherShareOneMemoryOfUsedAssertions()
    {
        var database = await DatabaseWithTablesOfOthersAsync();
        var keys = Path.Combine(folder.Path, "keys");
        SystemKey.Ensure(keys, "sisote-identity");
        await File.WriteAllBytesAsync(Path.Combine(keys, "sisote-identity.encryption.key"), RandomNumberGenerator.GetBytes(32), TestContext.Current.CancellationToken);
        var issuer = FreeAddress();
        var options = Options with { PostgreSql = database };

        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(folder.Path, options, demo: false, issuer)));

        var assertion = replicas[0].Assert(business: Counsellor());
        var replies = await Task.WhenAll(replicas.Select(replica => replica.AskAsync(assertion)));
        Assert.Single(replies, static reply => reply.Status == HttpStatusCode.OK);
        Assert.Equal(2, replies.Count(static reply => reply.Error == "invalid_client"));
        Assert.Single((await Task.WhenAll(replicas.Select(replica => replica.AskAsync(replica.Assert(business: Counsellor()))))).Select(static reply => reply.AccessToken.Kid).Distinct());
        await replicas[1].Services.GetRequiredService<Housekeeping>().CleanAsync(TestContext.Current.CancellationToken);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    private async Task<string> DatabaseWithTablesOfOthersAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("create table somebody_elses (id int)");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return database;
    }
}
