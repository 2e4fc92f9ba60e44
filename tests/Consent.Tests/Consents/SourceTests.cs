// A consent opens the data of those who were named to the client, or of the organisation where it was recorded.
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class SourceTests(PostgresFixture postgres)
{
    private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");
    private static readonly OrganisationId Another = OrganisationId.Parse("org-another");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatOneOrganisationRecordedDoesNotLiftAnothersSecrecy(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var (flow, number) in WholeLaw.Flows.Where(static flow => flow.Form.Recorded[0] != ConsentWay.Mirrored && flow.Rule.Consents.Length == 1).Select(static (flow, number) => (flow, number)))
        {
            var who = Some.Person(number);
            await room.PutOnRecordAsync(flow, who);

            Assert.All(await room.LookAsync(flow, who), static look => Assert.Null(look.Missing));
            Assert.All(await FromAsync(room, flow, who, Another), look => Assert.True(look.Missing == ReasonClass.WrongRecipient, $"{flow} {look}"));
            Assert.All(await FromAsync(room, flow, who, null), look => Assert.True(look.Missing == ReasonClass.WrongRecipient, $"{flow} {look}"));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASourceThatIsConnectedLaterIsNotOpenedByAConsentOfBefore(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var who = Some.Person(1);
        await room.GiveAsync(who.Reveal(), NarrowingTests.SignedIn(Flow.Consent(who)));
        room.Deployment = WithAnother(room.Deployment);
        await room.ReopenAsync();
        Assert.All(await room.LookAsync(Flow, who), static look => Assert.Null(look.Missing));
        Assert.All(await FromAsync(room, Flow, who, Another), static look => Assert.Equal(ReasonClass.WrongRecipient, look.Missing));

        await room.GiveAsync(who.Reveal(), NarrowingTests.SignedIn(Flow.Consent(who)));

        Assert.All(await FromAsync(room, Flow, who, Another), static look => Assert.Null(look.Missing));
    }

    [Fact]
    public async Task AMirroredPermissionOfTheNationalServiceOpensEverySourceAndAProhibitionClosesEverySource()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var (flow, who) = (WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA"), Some.Person(1));
        var permission = new MirroredConsent { Id = "lupa", Form = flow.Form.Id, AllItems = true, From = room.Clock.GetUtcNow().AddDays(-5) };
        await room.MirrorAsync(who, permission);
        Assert.All(await FromAsync(room, flow, who, Another), static look => Assert.Null(look.Missing));

        await room.MirrorAsync(who, permission, new MirroredConsent { Id = "kielto", Form = ConsentFormId.Parse("KIELTO"), AllItems = true, From = room.Clock.GetUtcNow().AddDays(-4) });

        Assert.All(await FromAsync(room, flow, who, Another), static look => Assert.Equal(ReasonClass.Prohibition, look.Missing));
    }

    private static Task<IReadOnlyList<ConsentLook>> FromAsync(OpenRoom room, ConsentFlow flow, Hetu who, OrganisationId? source) =>
        room.LookAsync(flow, who, request => request with { From = request.From with { Organisation = source } });

    private static Deployment WithAnother(Deployment deployment)
    {
        var like = deployment.FindSystem(Flow.From.System!.Value)!;
        return deployment with
        {
            Organisations = deployment.Organisations.Add(deployment.Organisations[0] with { Id = Another }),
            Systems = deployment.Systems.Add(like with { Id = SystemId.Parse("sys-another"), Organisation = Another }),
        };
    }
}
