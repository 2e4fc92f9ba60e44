// Whether a state that the gateway holds is still the one on record.
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.States;

public sealed class RefreshTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ThatNothingChangedIsSaidInTheSameBytesOfAClientWithMuchOnRecordAndOfOneNobodyKnows(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await TellAsync(room, Some.Aino, new ToldFacts { SafetyProhibition = true, SchoolForm = "basic" });
        await room.GiveAsync(Some.Aino, Some.Consent());
        var (much, none) = (await room.StateAsync(Some.Aino), await room.StateAsync(Some.Onni));

        var (one, other) = (await AskAsync(room, Held(much)), await AskAsync(room, Held(none)));

        Assert.NotEmpty(much.State.Consents);
        Assert.Empty(none.State.Consents);
        Assert.Equal(other, one);
        Assert.DoesNotContain("state", one, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhateverChangesIsToldWhole(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var held = await room.StateAsync(Some.Aino);

        await TellAsync(room, Some.Aino, new ToldFacts { SafetyProhibition = true });
        held = await ChangedAsync(room, held);
        Assert.True(held.State.Facts.SafetyProhibition);
        await room.GiveAsync(Some.Aino, Some.Consent());
        held = await ChangedAsync(room, held);
        Assert.Single(held.State.Consents);
        var other = await ReadAsync(room, Held(held) with { AgreementsRevision = held.State.AgreementsRevision - 1 });
        Assert.Equal(held.State.Revision, other.Changed!.State.Revision);
        Assert.Null((await ReadAsync(room, Held(held))).Changed);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhoDoesNotKnowTheIdentifierIsToldOnceTheServiceDoes(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await TellAsync(room, Some.Aino, new ToldFacts { SafetyProhibition = false });
        var held = await room.StateAsync(Some.Aino);

        var told = await ReadAsync(room, Held(held) with { KnowsIdentifier = false });

        Assert.Equal(Some.Aino, told.Changed!.Identifier);
        Assert.Null((await ReadAsync(room, Held(held) with { Client = ClientId.Parse(new string('f', 32)), Revision = 0, KnowsIdentifier = false })).Changed);
    }

    private static ClientStateRefresh Held(ClientStateRow row) =>
        new() { Client = row.State.Client, Revision = row.State.Revision, AgreementsRevision = row.State.AgreementsRevision, KnowsIdentifier = true };

    private static async Task<ClientStateRow> ChangedAsync(OpenRoom room, ClientStateRow held)
    {
        var changed = (await ReadAsync(room, Held(held))).Changed;
        Assert.True(changed?.State.Revision > held.State.Revision);
        return changed;
    }

    private static async Task<ClientStateRefreshed> ReadAsync(OpenRoom room, ClientStateRefresh held)
    {
        using var answer = await room.Gateway.PostAsJsonAsync("/states/refresh", held, SisoteJson.Options);
        return await answer.ReadAsync<ClientStateRefreshed>();
    }

    private static async Task<string> AskAsync(OpenRoom room, ClientStateRefresh held)
    {
        using var answer = await room.Gateway.PostAsJsonAsync("/states/refresh", held, SisoteJson.Options);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task TellAsync(OpenRoom room, string hetu, ToldFacts facts)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = hetu, Facts = facts }, SisoteJson.Options);
        answer.EnsureSuccessStatusCode();
    }
}
