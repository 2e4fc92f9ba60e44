// What is told in FHIR and taken in again says the same.
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Consents;
using Sisote.Consent.Fhir;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Fhir;

public sealed class RoundTripTests(PostgresFixture postgres)
{
    private static IEnumerable<ConsentFlow> Recorded => WholeLaw.Flows.Where(static flow => !flow.Form.Recorded.Contains(ConsentWay.Mirrored));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatThisRoomTellsItKnowsAgainAndAnotherRoomTakesInAsItWas(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await using var other = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        foreach (var (flow, number) in Recorded.Select(static (flow, number) => (flow, number)))
        {
            var who = Some.Person(number);
            await room.PutOnRecordAsync(flow, who, consent => consent with { To = room.Clock.GetUtcNow().AddDays(20), RecipientRole = flow.To.Role, RecipientSystem = flow.To.System, RecipientPerson = flow.To.Professional });
            await other.CaseAsync(flow, who);
            var told = Assert.Single(await room.Giver(flow).FindAsync(who).ConsentsAsync());

            using var again = await room.Giver(flow).SendAsync(told);
            told["patient"]!["identifier"] = new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = who.Reveal() };
            told["performer"]![0]!["identifier"] = told["patient"]!["identifier"]!.DeepClone();
            using var elsewhere = await other.Giver(flow).SendAsync(told);

            Assert.True((again.StatusCode, elsewhere.StatusCode) == (HttpStatusCode.OK, HttpStatusCode.Created), $"{flow}: {await again.Content.ReadAsStringAsync()} {await elsewhere.Content.ReadAsStringAsync()}");
            Assert.Equal(WithoutCall(Assert.Single((await room.StateAsync(who.Reveal())).State.Consents)), WithoutCall(Assert.Single((await other.StateAsync(who.Reveal())).State.Consents)));
            Assert.Equal(await HowAsync(room, flow, who), await HowAsync(other, flow, who));
        }
    }

    [Fact]
    public async Task AnyConsentThatCanBeGivenHereReadsBackAsItWasTold()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var reader = room.Services.GetRequiredService<ConsentReader>();
        var now = room.Clock.GetUtcNow();

        Consents(now).Sample((flow, told) =>
        {
            var viewer = new Viewer.Organisation(new Recorder(flow.From.Organisation!.Value, flow.From.Professional!.Value, flow.From.Role, null));
            var json = ConsentJson.Of(new ShownConsent(told.Consent.Id, new AuditReference("Patient", Hetu.System, Some.Aino), told, ProfessionalId.Parse("giver"), [flow.From.Organisation!.Value])).ToJsonString();
            FhirConsents.Strictly<Hl7.Fhir.Model.Consent>(json);
            using var document = JsonDocument.Parse(json);

            var reading = reader.Read(document.RootElement, viewer);

            Assert.Empty(reading.Faults);
            var (terms, record) = (reading.Consent!.Terms, told.Consent);
            Assert.Equal(
                JsonSerializer.Serialize(record with { Version = 1, From = default, Type = ConsentType.Permit }, SisoteJson.Options),
                JsonSerializer.Serialize(
                    new ConsentRecord
                    {
                        Id = terms.Id,
                        Version = 1,
                        Form = terms.Form,
                        Type = ConsentType.Permit,
                        Status = reading.Consent.Draft ? ConsentStatus.Draft : ConsentStatus.Active,
                        Items = terms.Items,
                        RecipientSector = terms.RecipientSector,
                        RecipientRole = terms.RecipientRole,
                        RecipientOrganisation = terms.RecipientOrganisation,
                        RecipientSystem = terms.RecipientSystem,
                        RecipientPerson = terms.RecipientPerson,
                        Purpose = terms.Purpose,
                        From = default,
                        To = terms.To,
                        GivenBy = reading.Consent.Evidence.GivenBy,
                    },
                    SisoteJson.Options));
            Assert.Equal(
                (told.How, told.TextLanguage, told.TextVersion, told.Evidence?.Reference, told.Evidence?.Authority, told.Evidence?.Case),
                (reading.Consent.Evidence.Way.ToWord(), terms.TextLanguage, terms.TextVersion, reading.Consent.Evidence.Reference, reading.Consent.Evidence.Authority, terms.Case));
        });
    }

    private static Gen<(ConsentFlow Flow, MyConsent Told)> Consents(DateTimeOffset now)
    {
        var flows = Recorded.ToArray();
        var givers = Gen.OneOf("client", "guardian", "guardians", "client-and-guardian", "representative");
        var texts = Gen.OneOf<string?>(null, "kansio 4", "arkisto 2026/17");
        return Gen.Select(Gen.Int[0, flows.Length - 1], Gen.Int[1, 4], Gen.Bool.Array[4], givers, texts, texts, Gen.Int[0, 3_000_000], Gen.OneOf("paper", "oral", "assisted"))
            .Select((which, take, has, giver, reference, authority, seconds, how) =>
            {
                var flow = flows[which];
                var record = new ConsentRecord
                {
                    Id = Some.Id(),
                    Version = take,
                    Form = flow.Form.Id,
                    Type = ConsentType.Permit,
                    Status = has[3] ? ConsentStatus.Draft : ConsentStatus.Active,
                    Items = [.. flow.Items.Take(take)],
                    RecipientSector = flow.To.Sector,
                    RecipientOrganisation = flow.To.Organisation,
                    RecipientRole = has[0] ? flow.To.Role : null,
                    RecipientSystem = has[1] ? flow.To.System : null,
                    RecipientPerson = has[2] ? flow.To.Professional : null,
                    Purpose = flow.Rule.Purpose,
                    From = now.AddSeconds(-seconds),
                    To = seconds % 2 == 0 ? null : CanonicalTime.Cut(now.AddSeconds(seconds)),
                    GivenBy = giver,
                };
                return (flow, new MyConsent
                {
                    Consent = record,
                    TextLanguage = "sv",
                    TextVersion = "text.7",
                    How = how,
                    Evidence = new ConsentEvidence { Reference = reference, Authority = authority, RecordedFor = flow.From.Organisation, Case = seconds % 3 == 0 ? "register:case-1" : null, CapacityDecisions = has[0] ? ["capacity-1", "capacity-2"] : [] },
                    History = [new ConsentEvent { Version = take, What = has[3] ? "drafted" : "given", At = now, Items = record.Items, Index = 1 }],
                });
            });
    }

    /// <summary>The consent without what the call made: version and beginning.</summary>
    private static string WithoutCall(ConsentRecord record) => JsonSerializer.Serialize(record with { Version = 1, From = default }, SisoteJson.Options);

    private static async Task<(string How, string Language, string Version, string? Evidence, ProfessionalId? By)> HowAsync(OpenRoom room, ConsentFlow flow, Hetu who)
    {
        var id = (await room.StateAsync(who.Reveal())).State.Consents.Single().Id;
        var one = (await (await room.Giver(flow).GetAsync("/consents")).ReadAsync<RecordedConsents>()).Consents.Single(found => found.Consent.Consent.Id == id);
        return (one.Consent.How, one.Consent.TextLanguage, one.Consent.TextVersion, JsonSerializer.Serialize(one.Consent.Evidence, SisoteJson.Options), one.RecordedBy);
    }
}
