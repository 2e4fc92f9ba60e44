// The own register's lists, over many clients at once.
using System.Globalization;
using Sisote.Policy.States;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Reads;

public sealed class WorkListTests
{
    private const string Sports = "fhir/kuopio-liikunta";

    [Fact]
    public async Task AListOfManyClientsCarriesAReceiptForEachInItsBundleAndNoneInTheHeaders()
    {
        await using var world = await OpenAsync(60);

        var answer = await world.GetAsync($"{Sports}/Task");

        var entries = Some.Parse(answer.Body)["entry"]!.AsArray();
        var outcome = entries[^1]!;
        Assert.Equal((61, "outcome", "OperationOutcome"), (entries.Count, (string?)outcome["search"]!["mode"], (string?)outcome["resource"]!["resourceType"]));
        Assert.Equal(
            Enumerable.Range(0, 60).Select(static number => $"receipt-{number}").Order(StringComparer.Ordinal),
            outcome["resource"]!["issue"]!.AsArray().Select(static issue => (string)issue!["diagnostics"]!).Order(StringComparer.Ordinal));
        Assert.All(entries.SkipLast(1), static entry => Assert.Equal("match", (string?)entry!["search"]!["mode"]));
        Assert.DoesNotContain("Sisote-Receipt", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AListOfOneClientKeepsItsReceiptInTheHeader()
    {
        await using var world = await OpenAsync(1);

        var answer = await world.GetAsync($"{Sports}/Task");

        Assert.Contains("Sisote-Receipt: receipt-0", answer.Headers, StringComparison.Ordinal);
        Assert.Single(Some.Parse(answer.Body)["entry"]!.AsArray());
    }

    [Fact]
    public async Task ARegisterOfMoreClientsThanTheConsentServiceTellsAtOnceIsListedAllTheSame()
    {
        await using var world = await OpenAsync(1_010);

        var answer = await world.GetAsync($"{Sports}/Task?_count=10");

        Assert.Equal(200, answer.Status);
        Assert.Equal(10, Some.Parse(answer.Body)["entry"]!.AsArray().Count(static entry => (string?)entry!["search"]!["mode"] == "match"));
        Assert.Equal(2, world.Consent.Questions);
    }

    /// <summary>Clients with a referral each, and nobody else in the register.</summary>
    private static async Task<GatewayWorld> OpenAsync(int clients)
    {
        var world = await GatewayWorld.OpenAsync();
        world.Source.Resources.Clear();
        foreach (var number in Enumerable.Range(0, clients))
        {
            var hetu = Hetu(number);
            world.Consent.Set(hetu, static state => Some.Counselled(state) with
            {
                Relationships = [Some.Counselled(state).Relationships[0] with { Status = RelationshipStatus.Requested }],
            });
            world.Source.Resources.Add(Some.Task(hetu, "requested", "ref-1", string.Create(CultureInfo.InvariantCulture, $"task-{number}")));
        }

        return world;
    }

    /// <summary>An invented identity code: individual numbers from 900 on belong to nobody.</summary>
    private static string Hetu(int number)
    {
        var (day, individual) = (1 + (number / 90), 902 + (number % 90));
        var digits = string.Create(CultureInfo.InvariantCulture, $"{day % 28 + 1:00}{(day / 28) + 1:00}60{individual}");
        return $"{digits[..6]}-{digits[6..]}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse(digits, CultureInfo.InvariantCulture) % 31]}";
    }
}
