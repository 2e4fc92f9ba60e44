// A log with something of every kind in it, and readers who ask for it in FHIR.
using System.Net;
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Audit;

/// <summary>Aino consents and is disclosed about three times; of Onni nothing goes; an entry about Aino is sent and delivered. Something stated stands in each.</summary>
internal sealed class AuditScene(OpenRoom room) : IAsyncDisposable
{
    public const string Stated = "first visit of the autumn";
    public const string Period = "date=ge2020-01-01";

    public OpenRoom Room => room;

    public required ClientId Aino { get; init; }

    public required LogEntry[] Disclosures { get; init; }

    public required LogEntry Refusal { get; init; }

    public required LogEntry Intent { get; init; }

    public required string ConsentId { get; init; }

    public HttpClient Officer => room.Person(PersonKind.DataProtectionOfficer, "pohjois-savo", "dpo-koski");

    public HttpClient Auditor => room.Person(PersonKind.Auditor, "pohjois-savo", "tarkastaja-1");

    public HttpClient OtherSide => room.Person(PersonKind.DataProtectionOfficer, "kuopio", "dpo-1");

    public HttpClient Stranger => room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-1");

    public static async Task<AuditScene> PlayAsync(DatabaseKind kind, PostgresFixture postgres)
    {
        var room = await OpenRoom.OpenAsync(kind, postgres);
        var given = (await room.GiveAsync(Some.Aino, Some.Consent())).Consent.Consent;
        var reference = new ConsentReference { Id = given.Id, Version = given.Version, Form = given.Form };
        var aino = (await room.StateAsync(Some.Aino)).State;
        var onni = (await room.StateAsync(Some.Onni)).State;
        var disclosures = Enumerable.Range(0, 3).Select(i => With(Some.Disclosure(aino.Client, room.Clock.GetUtcNow(), reference), $"hgoal{i}")).ToArray();
        var refusal = Some.Refusal(onni.Client, room.Clock.GetUtcNow());
        var intent = With(Some.Referral(aino, room.Clock.GetUtcNow()).Entry, "hsent");
        var outcome = intent with { Id = Some.Id(), Kind = LogEntryKind.WriteOutcome, Relates = intent.Id, Outcome = "delivered" };
        AppendItem[] items =
        [
            .. disclosures.Select(entry => new AppendItem { Entry = entry, Expect = Some.Expect(aino), ClientIdentifier = Some.Aino }),
            new AppendItem { Entry = refusal }, new AppendItem { Entry = intent, Expect = Some.Expect(aino) }, new AppendItem { Entry = outcome },
        ];
        Assert.All(await room.AppendAsync(items), static result => Assert.Equal(AppendStatus.Committed, result.Status));
        return new AuditScene(room) { Aino = aino.Client, Disclosures = disclosures, Refusal = refusal, Intent = intent, ConsentId = given.Id };
    }

    /// <summary>The events of a search by address.</summary>
    public static async Task<JsonObject[]> FindAsync(HttpClient reader, string query) => EventsIn(await BundleAsync(reader, "/fhir/AuditEvent?" + query));

    /// <summary>The bundle behind an address.</summary>
    public static async Task<JsonObject> BundleAsync(HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address);
        return await ReadAsync(answer);
    }

    /// <summary>The bundle of a search by form.</summary>
    public static async Task<JsonObject> PostAsync(HttpClient reader, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await reader.PostAsync("/fhir/AuditEvent/_search", form);
        return await ReadAsync(answer);
    }

    public static JsonObject[] EventsIn(JsonObject bundle) => [.. (bundle["entry"]?.AsArray() ?? []).Select(static entry => entry!["resource"]!.AsObject())];

    public static string? LinkOf(JsonObject bundle, string relation) => bundle["link"]!.AsArray().Where(link => (string?)link!["relation"] == relation).Select(static link => (string?)link!["url"]).SingleOrDefault();

    public static string IdOf(JsonObject audit) => (string)audit["id"]!;

    public ValueTask DisposeAsync() => room.DisposeAsync();

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {body}");
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(body)!.AsObject();
    }

    private static LogEntry With(LogEntry entry, string handle) => entry with
    {
        Resources = [new LogResource { Type = "Goal", Handle = handle }],
        Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = Stated }],
        Items = [.. entry.Items.Select(static item => item with { Conditions = item.Released ? [new ConditionEvidence { Condition = ConditionId.Parse("necessity-statement"), Source = "attestation", Reference = Stated }] : [] })],
    };
}
