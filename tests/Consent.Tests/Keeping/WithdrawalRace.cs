// Plays gives, withdrawals and disclosures against replicas over HTTP, and keeps the history.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Consent.Keeping;

/// <summary>A disclosure that was committed: on which consent, at which place, and from when until when its caller waited for the answer.</summary>
internal sealed record CommittedAppend(string Consent, long Index, long Asked, long Answered);

/// <summary>A withdrawal that was answered.</summary>
internal sealed record AnsweredWithdrawal(long Index, long Asked, long Answered);

/// <summary>
/// The rooms, their doors, tokens and database are real. A gateway is played by the calls that it makes: it keeps a state as long as appends on it succeed, and asks again when one is stale.
/// </summary>
internal sealed class WithdrawalRace(OpenRoom room, Func<int, Func<HttpClient>> gatewayAt, Func<int, string, HttpClient> clientAt, int operations)
{
    private const int People = 8;
    private const int Gateways = 2;
    private const int AppendsPerConsent = 20;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> enough = new();
    private readonly ConcurrentDictionary<string, int> appends = new();
    private int done;
    private int stale;

    public ConcurrentBag<CommittedAppend> Committed { get; } = [];

    public ConcurrentDictionary<string, AnsweredWithdrawal> Withdrawals { get; } = new();

    public int Operations => done;

    public int Stale => stale;

    private bool IsOver => Volatile.Read(ref done) >= operations;

    /// <summary>Eight people, each with one loop of own will and two loops at each of two gateways, until enough was done.</summary>
    public Task PlayAsync() => Task.WhenAll(Enumerable.Range(0, People).SelectMany(person => Enumerable.Range(0, 1 + (2 * Gateways)).Select(part => Task.Run(() =>
        part == 0 ? WillAsync(person) : DiscloseAsync(gatewayAt(part % Gateways), Some.Person(person))))));

    private async Task WillAsync(int person)
    {
        for (var round = 0; !IsOver; round++)
        {
            var consent = Some.Consent();
            var seen = enough[consent.Id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var who = Some.Person(person).Reveal();
            using (var given = await clientAt(round % 2, who).PostAsJsonAsync("/me/consents", consent, SisoteJson.Options))
            {
                Assert.True(given.IsSuccessStatusCode, $"Giving was answered with {given.StatusCode}.");
            }

            await seen.Task;
            var asked = Stopwatch.GetTimestamp();
            using var answer = await clientAt((round + 1) % 2, who).PostAsync($"/me/consents/{consent.Id}/withdraw", null);
            var answered = Stopwatch.GetTimestamp();
            Withdrawals[consent.Id] = new AnsweredWithdrawal((await answer.ReadAsync<WithdrawalAnswer>()).Index, asked, answered);
            Interlocked.Add(ref done, 2);
        }
    }

    private async Task DiscloseAsync(Func<HttpClient> gateway, Hetu who)
    {
        ConsentState? kept = null;
        while (!IsOver)
        {
            kept ??= await AskAsync(gateway(), who);
            Interlocked.Increment(ref done);
            if (kept.Consents.FirstOrDefault(static one => one.Status == ConsentStatus.Active) is not { } consent || !await AppendAsync(gateway(), kept, consent))
            {
                kept = null;
            }
        }

        foreach (var waiting in enough.Values)
        {
            waiting.TrySetResult();
        }
    }

    private async Task<bool> AppendAsync(HttpClient gateway, ConsentState state, ConsentRecord consent)
    {
        var reference = new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form };
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow(), reference), Expect = Some.Expect(state) };
        var asked = Stopwatch.GetTimestamp();
        using var answer = await gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [item] }, SisoteJson.Options);
        var result = (await answer.ReadAsync<AppendAnswer>()).Results.Single();
        var answered = Stopwatch.GetTimestamp();
        if (result is not { Status: AppendStatus.Committed, Index: { } index })
        {
            Interlocked.Increment(ref stale);
            return false;
        }

        Committed.Add(new CommittedAppend(consent.Id, index, asked, answered));
        if (appends.AddOrUpdate(consent.Id, 1, static (_, count) => count + 1) >= AppendsPerConsent)
        {
            enough[consent.Id].TrySetResult();
        }

        return true;
    }

    private static async Task<ConsentState> AskAsync(HttpClient gateway, Hetu who)
    {
        using var answer = await gateway.PostAsJsonAsync("/states", new ClientStateQuery { Identifiers = [who.Reveal()] }, SisoteJson.Options);
        return (await answer.ReadAsync<ClientStateAnswer>()).States.Single().State;
    }
}
