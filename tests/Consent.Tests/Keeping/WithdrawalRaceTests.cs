// The history of a race, checked: nothing rests on a consent whose withdrawal was answered.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Sisote.DisclosureLog.Bundles;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

/// <summary>How many operations: environment variable <c>SISOTE_RACE_OPERATIONS</c>, a short race without it.</summary>
public sealed class WithdrawalRaceTests(PostgresFixture postgres)
{
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task NoDisclosureThatBeganAfterAWithdrawalWasAnsweredRestsOnItAtAnyOfTwoReplicas()
    {
        var operations = int.Parse(Environment.GetEnvironmentVariable("SISOTE_RACE_OPERATIONS") ?? "3000", CultureInfo.InvariantCulture);
        var database = $"postgres:{await postgres.CreateDatabaseAsync()};Maximum Pool Size=15";
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Postgres, postgres, ("CommandSeconds", "60"), ("Database", database));
        await using var twin = await room.TwinAsync();
        var callers = new Callers(room, [room.Application, twin]);
        var race = new WithdrawalRace(room, place => () => callers.Gateway(place), callers.Client, operations);
        var start = Stopwatch.GetTimestamp();

        await race.PlayAsync();

        Report(race, Stopwatch.GetElapsedTime(start));
        Assert.True(race.Operations >= operations && race.Withdrawals.Count >= operations / 200 && race.Stale > 0, $"{race.Operations} operations, {race.Withdrawals.Count} withdrawals, {race.Stale} stale");
        var withdrawn = race.Committed.Where(one => race.Withdrawals.ContainsKey(one.Consent)).Select(one => (Append: one, Withdrawal: race.Withdrawals[one.Consent])).ToArray();
        Assert.All(withdrawn, static pair => Assert.True(pair.Append.Index < pair.Withdrawal.Index, $"Entry {pair.Append.Index} rests on a consent withdrawn at {pair.Withdrawal.Index}."));
        Assert.All(withdrawn, static pair => Assert.True(pair.Append.Asked < pair.Withdrawal.Answered, $"Entry {pair.Append.Index} was asked for after the withdrawal was answered."));
        Assert.Equal(race.Committed.Count, race.Committed.Select(static one => one.Index).Distinct().Count());
        Assert.IsType<BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    private static void Report(WithdrawalRace race, TimeSpan elapsed)
    {
        var lasted = race.Withdrawals.Values.Select(static one => Milliseconds(one.Answered - one.Asked)).Order().ToArray();
        var late = race.Committed.Where(one => race.Withdrawals.TryGetValue(one.Consent, out var withdrawal) && one.Answered > withdrawal.Answered)
            .Select(one => Milliseconds(one.Answered - race.Withdrawals[one.Consent].Answered)).DefaultIfEmpty(0).ToArray();
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            {race.Operations} operations in {elapsed.TotalSeconds:0} s at two replicas: {race.Committed.Count} disclosures, {race.Withdrawals.Count} withdrawals, {race.Stale} disclosures refused because the state had changed.
            From asking for a withdrawal to its effect (its answer): median {lasted[lasted.Length / 2]:0.0} ms, 99th percentile {lasted[lasted.Length * 99 / 100]:0.0} ms, longest {lasted[^1]:0.0} ms.
            Disclosures committed before a withdrawal whose own answer arrived after the withdrawal's: {late.Count(static one => one > 0)}, the latest {late.Max():0.0} ms after it.
            """);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
        if (Environment.GetEnvironmentVariable("SISOTE_RACE_REPORT") is { Length: > 0 } file)
        {
            File.WriteAllText(file, text + "\n");
        }
    }

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;

    /// <summary>Callers of two replicas, with fresh tokens where a race lasts longer than a token.</summary>
    private sealed class Callers(OpenRoom room, WebApplication[] replicas)
    {
        private readonly ConcurrentDictionary<(int Place, string Who), (HttpClient Caller, long Made)> kept = new();

        public HttpClient Gateway(int place) => Find(place, string.Empty, () => room.CallerOf(replicas[place]));

        public HttpClient Client(int place, string who) => Find(place, who, () => room.CallerOf(replicas[place], room.ClientToken(who)));

        private HttpClient Find(int place, string who, Func<HttpClient> make) => kept.AddOrUpdate(
            (place, who),
            _ => (make(), Stopwatch.GetTimestamp()),
            (_, before) => Stopwatch.GetElapsedTime(before.Made) < TokenAge ? before : (make(), Stopwatch.GetTimestamp())).Caller;
    }
}
