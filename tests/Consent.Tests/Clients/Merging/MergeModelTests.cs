// Merging, parting and everything between, against the reference, on both databases.
using System.Collections.Immutable;
using System.Net.Http.Json;
using CsCheck;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Merging;

public sealed class MergeModelTests(PostgresFixture postgres)
{
    private const int Identities = 4;

    private static readonly ImmutableArray<DataItemId> Both = [Some.Limits, Some.Goals];

    private static readonly Gen<IdentityCommand> Commands = Gen.Select(
        Gen.Frequency((4, Gen.Const(IdentityAct.Give)), (2, Gen.Const(IdentityAct.Withdraw)), (1, Gen.Const(IdentityAct.Protect)), (4, Gen.Const(IdentityAct.Merge)), (2, Gen.Const(IdentityAct.Unmerge))),
        Gen.Int[0, Identities - 1],
        Gen.Int[0, Identities - 1],
        Gen.Int[1, 3],
        static (act, who, whom, items) => new IdentityCommand(act, who, whom, items));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhateverIsMergedAndPartedInAnyOrderEachIdentityHasWhatTheReferenceSays(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var play = 0;

        await Commands.Array[1, 14].SampleAsync(async commands =>
        {
            var scene = new Scene(room, [.. Enumerable.Range(0, Identities).Select(place => Some.Person(((play * Identities) + place) % 100))]);
            play++;
            var model = MergeModel.Of(Identities);
            for (var step = 0; step < commands.Length; step++)
            {
                room.Clock.Advance(TimeSpan.FromSeconds(1));
                var id = Some.Id();
                var target = model.Of(commands[step].Who, opening: true).LastOrDefault()?.Id;
                (var after, var expected) = model.Do(commands[step], id, step);
                Assert.Equal((step, commands[step], expected), (step, commands[step], await scene.DoAsync(commands[step], id, target)));
                for (var who = 0; who < Identities; who++)
                {
                    await scene.HoldAsync(after, who);
                }

                model = after;
            }

            for (var who = 0; who < Identities; who++)
            {
                await scene.DoAsync(new IdentityCommand(IdentityAct.Unmerge, who, 0, 0), string.Empty, null); // the next play begins with people who stand for themselves
            }
        }, iter: kind == DatabaseKind.Sqlite ? 12 : 6, threads: 1);

        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    /// <summary>Four identities and what was said under them in this play.</summary>
    private sealed class Scene(OpenRoom room, ImmutableArray<Hetu> people)
    {
        private readonly HashSet<string> said = [];

        public async Task<string> DoAsync(IdentityCommand command, string id, string? target)
        {
            var who = people[command.Who].Reveal();
            using var answer = command.Act switch
            {
                IdentityAct.Give => await GiveAsync(who, id, command.Items),
                IdentityAct.Withdraw when target is null => null,
                IdentityAct.Withdraw => await room.Client(who).PostAsync($"/me/consents/{target}/withdraw", null),
                IdentityAct.Protect => await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = who, Facts = new ToldFacts { SafetyProhibition = true } }, SisoteJson.Options),
                IdentityAct.Merge => await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = who, Surviving = people[command.Whom].Reveal() }, SisoteJson.Options),
                _ => await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = who }, SisoteJson.Options),
            };
            return answer is null || answer.IsSuccessStatusCode ? "ok" : await answer.SlugAsync();
        }

        /// <summary>What the gateway is told of an identity is what the reference says.</summary>
        public async Task HoldAsync(MergeModel model, int who)
        {
            var row = await room.StateAsync(people[who].Reveal());
            var standing = model.StandsFor(who);
            Assert.Equal(people[standing].Reveal(), row.Identifier);
            Assert.Equal(standing == who, row.AskedAs is null);
            Assert.Equal(
                model.Of(who, opening: true).Select(static one => one.Id).Order(),
                row.State.Consents.Where(one => said.Contains(one.Id) && one.Status == ConsentStatus.Active).Select(static one => one.Id).Order());
            if (model.Protected[standing])
            {
                Assert.True(row.State.Facts.SafetyProhibition);
            }
        }

        private Task<HttpResponseMessage> GiveAsync(string who, string id, int items)
        {
            said.Add(id);
            var consent = Some.Consent(id) with { Items = [.. Both.Where((_, place) => (items & (1 << place)) != 0)], TextVersion = "exercise-" + people[0].Reveal()[4..6] };
            return room.Client(who).PostAsJsonAsync("/me/consents", consent, SisoteJson.Options);
        }
    }
}
