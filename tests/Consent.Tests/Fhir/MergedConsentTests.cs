// The FHIR door to consents of people who have come under two identifiers.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class MergedConsentTests(PostgresFixture postgres)
{
    private static readonly Hetu Prior = Some.Person(1);
    private static readonly Hetu Surviving = Some.Person(2);
    private static readonly Hetu Other = Some.Person(3);

    private static ConsentFlow Secrecy => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

    private static ConsentFlow Gdpr => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "GDPR");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EitherIdentifierFindsReadsAndPutsOnRecordThePersonsConsentsAndNobodyElses(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var giver = room.Giver(Secrecy);
        var (first, own) = (await SendAsync(giver, Prior), await room.PutOnRecordAsync(Gdpr, Surviving));
        await MirrorAsync(room, Prior);
        var mirrored = (await IdsAsync(room.Client(Prior.Reveal()).FindAsync())).Single(id => id != first);
        var ofOther = await SendAsync(giver, Other);

        await MergeAsync(room, "merge", new MergeClients { Prior = Prior.Reveal(), Surviving = Surviving.Reveal() });
        var (byPrior, bySurviving) = (await SendAsync(giver, Prior, Secrecy.Items[0]), await SendAsync(giver, Surviving, Secrecy.Items[^1]));

        foreach (var who in new[] { Prior, Surviving })
        {
            Assert.Equal(new[] { first, byPrior, bySurviving }.Order(), await IdsAsync(giver.FindAsync(who)));
            Assert.Equal([first], await IdsAsync(giver.FindAsync(("patient.identifier", $"{Hetu.System}|{who.Reveal()}"), ("_id", first))));
            Assert.Equal([own], await IdsAsync(room.Giver(Gdpr).FindAsync(who)));
            Assert.Equal(5, (await IdsAsync(room.Operator.FindAsync(who))).Length);
            var client = room.Client(who.Reveal());
            Assert.Equal(5, (await IdsAsync(client.FindAsync())).Length);
            foreach (var id in new[] { first, own, byPrior, bySurviving, mirrored }.Concat(await IdsAsync(client.FindAsync())))
            {
                var read = await ReadAsync(client, id);
                Assert.Equal(who.Reveal(), (string?)read["patient"]!["identifier"]!["value"]);
            }
        }

        Assert.Equal([ofOther], await IdsAsync(giver.FindAsync(Other)));
        await AbsentAsync(room.Client(Other.Reveal()), first, own, byPrior, bySurviving, mirrored);
        await AbsentAsync(room.Giver(Gdpr), first, byPrior, bySurviving);
        await AbsentAsync(giver, own);

        // The name by which the organisation is shown the person is taken back, in a search and in a new consent.
        var name = (await ReadAsync(giver, first))["patient"]!["identifier"]!;
        Assert.Equal(3, (await IdsAsync(giver.FindAsync(("patient.identifier", $"{name["system"]}|{name["value"]}")))).Length);
        var named = Consent(Surviving, Secrecy.Items[1]);
        named["patient"]!["identifier"] = name.DeepClone();
        named["performer"]![0]!["identifier"] = name.DeepClone();
        using var taken = await giver.SendAsync(named);
        Assert.True(taken.StatusCode == HttpStatusCode.Created, await taken.Content.ReadAsStringAsync());
        Assert.Equal(4, (await IdsAsync(giver.FindAsync(Prior))).Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AfterTheUndoingEachIdentifierFindsWhatCameUnderItAndNothingOfTheOther(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var giver = room.Giver(Secrecy);
        var first = await SendAsync(giver, Prior);
        await MirrorAsync(room, Prior);
        await MergeAsync(room, "merge", new MergeClients { Prior = Prior.Reveal(), Surviving = Surviving.Reveal() });
        var (byPrior, bySurviving) = (await SendAsync(giver, Prior, Secrecy.Items[0]), await SendAsync(giver, Surviving, Secrecy.Items[^1]));
        var mirrored = (await IdsAsync(room.Client(Surviving.Reveal()).FindAsync())).Except([first, byPrior, bySurviving]).Single();

        await MergeAsync(room, "unmerge", new UnmergeClients { Prior = Prior.Reveal() });

        Assert.Equal(new[] { first, byPrior }.Order(), await IdsAsync(giver.FindAsync(Prior)));
        Assert.Equal([bySurviving], await IdsAsync(giver.FindAsync(Surviving)));
        Assert.Equal(3, (await IdsAsync(room.Client(Prior.Reveal()).FindAsync())).Length);
        Assert.Equal([bySurviving], await IdsAsync(room.Client(Surviving.Reveal()).FindAsync()));
        Assert.Equal((3, 1), ((await IdsAsync(room.Operator.FindAsync(Prior))).Length, (await IdsAsync(room.Operator.FindAsync(Surviving))).Length));
        await AbsentAsync(room.Client(Surviving.Reveal()), first, byPrior, mirrored);
        await AbsentAsync(room.Client(Prior.Reveal()), bySurviving, mirrored); // an id that named the other one names nobody's consent any more
        await AbsentAsync(room.Operator, mirrored);
        foreach (var id in new[] { first, byPrior, bySurviving })
        {
            await ReadAsync(giver, id);
        }

        // What the organisation was shown of the two differs, so that it does not take them for one.
        Assert.NotEqual((string?)(await ReadAsync(giver, first))["patient"]!["identifier"]!["value"], (string?)(await ReadAsync(giver, bySurviving))["patient"]!["identifier"]!["value"]);
        var later = await SendAsync(giver, Surviving, Secrecy.Items[1]);
        Assert.DoesNotContain(later, await IdsAsync(giver.FindAsync(Prior)));
    }

    private static JsonObject Consent(Hetu who, DataItemId? only = null) =>
        FhirConsents.Of(Secrecy, Secrecy.Consent(who) with { Items = only is { } item ? [item] : Secrecy.Items });

    private static async Task<string> SendAsync(HttpClient giver, Hetu who, DataItemId? only = null)
    {
        var consent = Consent(who, only);
        using var sent = await giver.SendAsync(consent);
        using var again = await giver.SendAsync(consent);
        Assert.True(sent.StatusCode == HttpStatusCode.Created, await sent.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        return (string)JsonNode.Parse(await sent.Content.ReadAsStringAsync())!["id"]!;
    }

    private static async Task MirrorAsync(OpenRoom room, Hetu who) =>
        await room.MirrorAsync(who, new MirroredConsent { Id = "lupa_1", Form = ConsentFormId.Parse("LUPA"), AllItems = true, From = room.Clock.GetUtcNow() });

    private static async Task<string[]> IdsAsync(Task<HttpResponseMessage> search) => [.. (await search.ConsentsAsync()).Select(static one => (string)one["id"]!).Order()];

    private static async Task<JsonNode> ReadAsync(HttpClient caller, string id)
    {
        using var answer = await caller.GetAsync("/fhir/Consent/" + id);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }

    private static async Task AbsentAsync(HttpClient caller, params string[] ids)
    {
        using var unknown = await caller.GetAsync("/fhir/Consent/" + Some.Id());
        foreach (var id in ids)
        {
            using var answer = await caller.GetAsync("/fhir/Consent/" + id);
            Assert.Equal((HttpStatusCode.NotFound, await unknown.Content.ReadAsStringAsync()), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    private static async Task MergeAsync<T>(OpenRoom room, string what, T command)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/" + what, command, SisoteJson.Options);
        await answer.ReadAsync<ClientsMerged>();
    }
}
