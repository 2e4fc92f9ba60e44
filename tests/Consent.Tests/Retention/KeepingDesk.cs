// Keeps and erases as the operator and officers do, at the room's real doors.
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Consent.Retention;

/// <summary>Entries of any age, runs of erasing, holds, and looks into the database's files.</summary>
internal sealed class KeepingDesk(OpenRoom room)
{
    public const string Statutory = "log-social-or-health";
    public const string Other = "log-other";

    public HttpClient Officer => room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");

    /// <summary>Lets years pass, and some days.</summary>
    public void Pass(int years, int days = 0)
    {
        var now = room.Clock.GetUtcNow();
        room.Clock.Advance(now.AddYears(years).AddDays(days) - now);
    }

    public async Task<ClientId> ClientAsync(string hetu = Some.Aino) => (await room.StateAsync(hetu)).State.Client;

    /// <summary>Writes an entry; its place.</summary>
    public async Task<long> WriteAsync(LogEntry entry, IEnumerable<OrganisationId>? sides = null) =>
        (await room.Services.GetRequiredService<LogWriter>().WriteAsync(transaction => Task.FromResult(transaction.Append(entry, sides: sides)))).Index;

    /// <summary>Writes many entries of one client in one transaction.</summary>
    public async Task<long[]> WriteAsync(int count, Func<LogEntry> make) =>
        await room.Services.GetRequiredService<LogWriter>().WriteAsync(transaction => Task.FromResult(Enumerable.Range(0, count).Select(_ => transaction.Append(make()).Index).ToArray()));

    public async Task<RetentionReport> ReportAsync(string query = "", HttpClient? caller = null)
    {
        using var answer = await (caller ?? room.Operator).GetAsync("/log/retention" + query);
        return await answer.ReadAsync<RetentionReport>();
    }

    public async Task<ErasureRun> PrepareAsync(DateOnly? asOf = null)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/log/erasures", new PrepareErasure { AsOf = asOf }, SisoteJson.Options);
        return await answer.ReadAsync<ErasureRun>();
    }

    /// <summary>The bundle of a run.</summary>
    public async Task<byte[]> ExportAsync(ErasureRun run)
    {
        using var answer = await room.Operator.GetAsync($"/log/erasures/{run.Id}/export");
        Assert.True(answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public Task<HttpResponseMessage> PostRunAsync(ErasureRun run, RunErasure asked) => room.Operator.PostAsJsonAsync($"/log/erasures/{run.Id}/run", asked, SisoteJson.Options);

    public async Task<ErasureLine> RunAsync(ErasureRun run, RunErasure asked)
    {
        using var answer = await PostRunAsync(run, asked);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<ErasureLine>(body.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], SisoteJson.Options)!;
    }

    /// <summary>Prepares, takes out, and runs to the end; how many went.</summary>
    public async Task<long> EraseAsync(bool export = true)
    {
        var run = await PrepareAsync();
        var asked = export ? new RunErasure { Export = new Digest(SHA256.HashData(await ExportAsync(run))) } : new RunErasure { WithoutExport = true };
        var last = await RunAsync(run, asked);
        Assert.Equal("done", last.End);
        return last.Erased;
    }

    public async Task<HoldView> HoldAsync(PlaceHold hold, HttpClient? caller = null)
    {
        using var answer = await (caller ?? Officer).PostAsJsonAsync("/log/holds", hold, SisoteJson.Options);
        return await answer.ReadAsync<HoldView>();
    }

    public Task<HttpResponseMessage> PostLiftAsync(HoldView hold, HttpClient? caller = null) => (caller ?? Officer).PostAsJsonAsync($"/log/holds/{hold.Id}/lift", new LiftHold(), SisoteJson.Options);

    /// <summary>The rows as they stand.</summary>
    public async Task<List<LoggedEntry>> RowsAsync()
    {
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await session.QueryAsync($"SELECT {LogTable.Columns} FROM log_entry ORDER BY leaf_index", LogTable.Read, CancellationToken.None);
    }

    /// <summary>The places whose record is gone.</summary>
    public async Task<long[]> ErasedAsync() => [.. (await RowsAsync()).Where(static row => row.Record is null && row.Salt is null).Select(static row => row.Index)];

    public async Task<long> CountAsync(string sql)
    {
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return (await session.QueryAsync(sql, static row => row.GetInt64(0), CancellationToken.None)).Single();
    }

    /// <summary>What the log tells of erasures, in its order.</summary>
    public async Task<LogEntry[]> ToldAsync(LogEntryKind kind = LogEntryKind.Erasure) => [.. (await RowsAsync()).Select(static row => row.Entry()).OfType<LogEntry>().Where(entry => entry.Kind == kind)];

    /// <summary>Whether a text stands anywhere in the files of the embedded database, its write-ahead log included.</summary>
    public bool StandsInFiles(string marker) => FindFiles().Any(file => ReadShared(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0);

    public async Task<BundleOutcome> VerifyAsync(byte[] bundle) => await LogVerifier.VerifyAsync(new MemoryStream(bundle), room.LogKey, CancellationToken.None);

    private string[] FindFiles()
    {
        var files = Directory.GetFiles(room.Folder).Where(static file => Path.GetFileName(file).StartsWith("consent.db", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(files);
        return files;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
