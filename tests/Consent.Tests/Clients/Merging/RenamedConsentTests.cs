// A register may have told of one consent under two identifiers of a person; who received on which is still known.
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Merging;

public sealed class RenamedConsentTests(PostgresFixture postgres)
{
    private static readonly Hetu Prior = Some.Person(1);
    private static readonly Hetu Surviving = Some.Person(2);

    private static ConsentFlow Flow => WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "LUPA");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoeverReceivedOnThePermissionOfOneIdentityIsToldOfItsEndAndNobodyOfTheOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        foreach (var who in new[] { Prior, Surviving })
        {
            await room.MirrorAsync(who, Permission(room));
            var state = (await room.StateAsync(who.Reveal())).State;
            Assert.Equal(AppendStatus.Committed, (await room.AppendAsync(NarrowingTests.Disclosing(room, Flow, state, [Flow.Items[0]], handle: $"of-{who.Reveal()[7..10]}"))).Status);
        }

        using var merged = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = Prior.Reveal(), Surviving = Surviving.Reveal() }, SisoteJson.Options);
        await merged.ReadAsync<ClientsMerged>();
        var receiver = room.Person(PersonKind.Professional, Flow.To.Organisation!.Value.Value, "receiver", Flow.To.Role.Value);

        await room.MirrorAsync(Prior); // the register has no permission of the prior identity any more
        Assert.Equal([$"Patient/of-{Prior.Reveal()[7..10]}"], (await NarrowingTests.NoticesAsync(receiver)).Single().Resources);

        await room.MirrorAsync(Surviving);
        Assert.Equal([$"Patient/of-{Prior.Reveal()[7..10]}", $"Patient/of-{Surviving.Reveal()[7..10]}"], (await NarrowingTests.NoticesAsync(receiver)).SelectMany(static notice => notice.Resources));
    }

    private static MirroredConsent Permission(OpenRoom room) =>
        new() { Id = "lupa-1", Form = Flow.Form.Id, Items = Flow.Items, RecipientSector = Flow.To.Sector, Purpose = Flow.Rule.Purpose, From = room.Clock.GetUtcNow().AddDays(-1) };
}
