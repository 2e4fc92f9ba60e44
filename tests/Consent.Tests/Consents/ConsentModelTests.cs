// The real room against the reference: one command after another, and many at once, on both databases.
using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Consents;

public sealed class ConsentModelTests(PostgresFixture postgres)
{
    private const int Clients = 100;

    private static readonly Gen<Command> Commands = Gen.Select(
        Gen.Enum<CommandKind>(), Gen.Int[0, 1], Gen.Int[1, 2], Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))), static (kind, consent, items, ends) => new Command(kind, consent, items, ends));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhateverIsSaidInAnyOrderTheRoomAnswersAndStandsAsTheReferenceSays(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var number = 0;

        await Gen.Select(Commands, Gen.Bool).Array[1, 12].SampleAsync(async steps =>
        {
            var scene = new Scene(room, Some.Person(number++ % Clients), Some.Id());
            var model = ConsentModel.Empty;
            foreach (var (command, pause) in steps)
            {
                (model, var expected) = model.Do(command, scene.Now);
                Assert.Equal((command, expected), (command, await scene.DoAsync(command)));
                Assert.Equal(model.Show(scene.Now), await scene.ShowAsync());
                room.Clock.Advance(TimeSpan.FromMinutes(pause ? 90 : 1));
            }

            Assert.Equal(model.Versions, await scene.CountVersionsAsync());
        }, iter: kind == DatabaseKind.Sqlite ? 60 : 25, threads: 1);

        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OfCommandsAtOnceTheOutcomeIsThatOfSomeOrderOfThem(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var number = 0;

        await Gen.Select(Commands.Array[0, 2], Commands.Array[2, 4]).SampleAsync(async steps =>
        {
            var (before, atOnce) = steps;
            var scene = new Scene(room, Some.Person(number++ % Clients), Some.Id());
            var model = ConsentModel.Empty;
            foreach (var command in before)
            {
                (model, _) = model.Do(command, scene.Now);
                await scene.DoAsync(command);
            }

            var codes = await Task.WhenAll(atOnce.Select(scene.DoAsync));
            var stands = $"{string.Join(' ', codes)} | {await scene.ShowAsync()}";

            Assert.Contains(stands, Orders([.. Enumerable.Range(0, atOnce.Length)]).Select(order => Play(model, atOnce, order, scene.Now)));
        }, iter: kind == DatabaseKind.Sqlite ? 60 : 25, threads: 1);
    }

    private static string Play(ConsentModel model, Command[] commands, ImmutableArray<int> order, DateTimeOffset now)
    {
        var codes = new int[commands.Length];
        foreach (var place in order)
        {
            (model, codes[place]) = model.Do(commands[place], now);
        }

        return $"{string.Join(' ', codes)} | {model.Show(now)}";
    }

    private static IEnumerable<ImmutableArray<int>> Orders(ImmutableArray<int> places) =>
        places.IsEmpty ? [[]] : places.SelectMany(place => Orders(places.Remove(place)).Select(rest => rest.Insert(0, place)));

    /// <summary>One client and the consents of one play; other plays of the same client have other identifiers.</summary>
    private sealed class Scene(OpenRoom room, Hetu who, string play)
    {
        private static readonly ConsentFlow Flow = WholeLaw.Flows.Single(static flow => flow.Form.Id.Value == "SECRECY");

        public DateTimeOffset Now => DisclosureLog.Entries.CanonicalTime.Cut(room.Clock.GetUtcNow());

        public async Task<int> DoAsync(Command command)
        {
            var id = IdOf(command.Consent);
            var recorded = Flow.Consent(who, "oral") with { Id = id, Items = [.. Flow.Items.Take(command.Items)], To = command.Ends ? Now.AddHours(1) : null };
            using var answer = await (command.Kind switch
            {
                CommandKind.Give or CommandKind.GiveChange => Client.PostAsJsonAsync("/me/consents", SignedIn(recorded, command.Kind == CommandKind.GiveChange), SisoteJson.Options),
                CommandKind.Record or CommandKind.RecordChange => room.RecordAsync(Flow, recorded with { Changes = command.Kind == CommandKind.RecordChange }),
                CommandKind.Draft => room.RecordAsync(Flow, recorded with { Draft = true }),
                CommandKind.Confirm => Recorder.PostAsJsonAsync($"/consents/{id}/give", new ConfirmConsent { How = "oral" }, SisoteJson.Options),
                CommandKind.ConfirmSignedIn => Client.PostAsync($"/me/consents/{id}/give", null),
                CommandKind.Withdraw => Client.PostAsync($"/me/consents/{id}/withdraw", null),
                _ => Recorder.PostAsJsonAsync($"/consents/{id}/withdraw", new RecordWithdrawal { How = "oral", GivenBy = "client" }, SisoteJson.Options),
            });
            return (int)answer.StatusCode;
        }

        public async Task<string> ShowAsync() => string.Join("; ", (await ListAsync()).Select(one =>
            $"{one.Place}: {string.Join(',', one.Consent.History.Select(static step => step.What))} {JsonSerializer.SerializeToElement(one.Consent.Consent.Status, SisoteJson.Options).GetString()} {one.Consent.Consent.Items.Length} {one.Consent.How}"));

        /// <summary>INVARIANT: versions follow one another without a gap, and each has its own entry in the log.</summary>
        public async Task<int> CountVersionsAsync()
        {
            var all = (await ListAsync()).Select(static one => one.Consent).ToList();
            Assert.All(all, static one => Assert.Equal(Enumerable.Range(1, one.History.Length), one.History.Select(static step => step.Version)));
            Assert.Distinct(all.SelectMany(static one => one.History).Select(static step => step.Index));
            return all.Sum(static one => one.History.Length);
        }

        private HttpClient Client => room.Client(who.Reveal());

        private HttpClient Recorder => room.Giver(Flow);

        private async Task<IEnumerable<(int Place, MyConsent Consent)>> ListAsync()
        {
            using var answer = await Client.GetAsync("/me/consents");
            return (await answer.ReadAsync<MyConsents>()).Consents.Where(one => one.Consent.Id[..31] == play[..31]).Select(static one => (one.Consent.Id[^1] - '0', one)).OrderBy(static one => one.Item1);
        }

        private string IdOf(int place) => play[..31] + (char)('0' + place);

        private static GiveConsent SignedIn(RecordConsent consent, bool changes) => new()
        {
            Id = consent.Id,
            Changes = changes,
            Form = consent.Form,
            Items = consent.Items,
            RecipientSector = consent.RecipientSector,
            RecipientOrganisation = consent.RecipientOrganisation,
            Purpose = consent.Purpose,
            To = consent.To,
            TextLanguage = consent.TextLanguage,
            TextVersion = consent.TextVersion,
        };
    }
}
