// Reviews the log as officers, professionals and clients do, at the room's real doors.
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Consent.Review;

/// <summary>Officers of two organisations, a stranger, and entries of any kind.</summary>
internal sealed class ReviewDesk(OpenRoom room)
{
    public HttpClient Officer => room.Person(PersonKind.DataProtectionOfficer, "kuopio", "dpo-1");

    public HttpClient OtherOfficer => room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");

    public HttpClient Stranger => room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-2");

    public HttpClient Counsellor => room.Person(PersonKind.Professional, "kuopio", "ohjaaja-salmi");

    /// <summary>Callers who are no officers of the organisation, or nobody.</summary>
    public HttpClient[] Others => [room.Caller(null), Counsellor, room.Client(Some.Aino), room.Person(PersonKind.ControllerAdmin, "kuopio", "hallinto-1"), room.PersonWithout(PersonKind.DataProtectionOfficer), room.Gateway];

    public async Task<ClientId> ClientAsync(string hetu = Some.Aino) => (await room.StateAsync(hetu)).State.Client;

    /// <summary>Writes entries in one transaction; their places.</summary>
    public Task<long[]> WriteAsync(params IEnumerable<LogEntry> entries) =>
        room.Services.GetRequiredService<LogWriter>().WriteAsync(transaction => Task.FromResult(entries.Select(entry => transaction.Append(entry).Index).ToArray()));

    /// <summary>Disclosures about one client.</summary>
    public async Task<long[]> DiscloseAsync(int count, string hetu = Some.Aino)
    {
        var client = await ClientAsync(hetu);
        return await WriteAsync(Enumerable.Range(0, count).Select(_ => Some.Disclosure(client, room.Clock.GetUtcNow())));
    }

    public static async Task<T> PostAsync<T>(HttpClient caller, string address, object body)
    {
        using var answer = await SendAsync(caller, address, body);
        return await answer.ReadAsync<T>();
    }

    public static Task<HttpResponseMessage> SendAsync(HttpClient caller, string address, object body) => caller.PostAsync(address, JsonContent.Create(body, body.GetType(), options: SisoteJson.Options));

    public static async Task<T> GetAsync<T>(HttpClient caller, string address)
    {
        using var answer = await caller.GetAsync(address);
        return await answer.ReadAsync<T>();
    }

    public Task<ReviewPage> SearchAsync(ReviewSearch search, HttpClient? caller = null) => PostAsync<ReviewPage>(caller ?? Officer, "/review/search", search);

    /// <summary>All entries of a kind as the log holds them.</summary>
    public async Task<LogEntry[]> ToldAsync(LogEntryKind kind) => await new Retention.KeepingDesk(room).ToldAsync(kind);
}
