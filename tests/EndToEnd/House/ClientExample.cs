// The C# of docs/client.md, where the compiler sees it.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Client;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Each block of the document is a part of this file, line by line; the tests run it against a house.</summary>
internal static class ClientExample
{
    internal static void Register(IServiceCollection services, Uri gateway, string keyFile)
    {
        services.AddHttpClient("sisote").ConfigurePrimaryHttpMessageHandler(SisoteApi.MakeHandler);
        services.AddSingleton(provider => new SisoteApi(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient("sisote"),
            new SisoteOptions { Gateway = gateway, System = "kuopio-liikunta", Key = () => PrivateKey.Read(keyFile) }));
    }

    internal static async Task<string> LimitsAsync(SisoteApi sisote, string identityCode, CancellationToken cancellation)
    {
        var salmi = new Professional("ohjaaja-salmi", "exercise-counsellor", "kuopio", "exercise-counselling");
        var calls = sisote.As(salmi, Statement.Necessity("planning the first visit"));

        if (await calls.FindAsync("pohjois-savo-record", identityCode, cancellation) is not Outcome<Item>.Given { Value.Id: var handle })
        {
            return "nothing, or not now";
        }

        return await calls.SearchAsync("pohjois-savo-record", "Flag", handle, cancellation: cancellation) switch
        {
            Outcome<ImmutableArray<Item>>.Given { Value: var limits, Receipts: var receipts } => $"{limits.Length} limits, receipt {receipts[0].EntryId}",
            Outcome<ImmutableArray<Item>>.Nothing => "nothing that may be seen",
            Outcome<ImmutableArray<Item>>.TryLater { After: var wait } => $"again after {wait.TotalSeconds} s",
            Outcome<ImmutableArray<Item>>.Refused { Problem: var problem } => $"refused: {problem.Name}",
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };
    }

    internal static async Task<string> SendAsync(ProfessionalApi calls, JsonObject entry, CancellationToken cancellation)
    {
        var sent = await calls.SendAsync("pohjois-savo-record", entry, key: "visit-4711", cancellation);
        return await calls.FollowAsync(sent, patience: TimeSpan.FromMinutes(2), cancellation) switch
        {
            Sending.Delivered => "delivered",
            Sending.Waiting { State: var state } => $"the gateway has it: {state}",
            Sending.NotDelivered { State: var state } => $"not delivered: {state}",
            Sending.Unknown => "ask the record's people",
            Sending.Refused { Problem: var problem } => $"refused: {problem.Name} {problem.At}",
            Sending.TryLater { After: var wait } => $"the same under the same key after {wait.TotalSeconds} s",
            var other => throw new InvalidOperationException($"Unknown sending {other.GetType().Name}."),
        };
    }

    internal static async Task<bool> MayAsync(ProfessionalApi calls, string identityCode, CancellationToken cancellation)
    {
        return await calls.AskAsync(new AccessQuestion("read", "exercise-goal-plan", identityCode), cancellation) is Decision.Permitted;
    }

    internal static bool IsKept(string receiptText, string logKeyFile)
    {
        var log = LogKey.Parse(File.ReadAllText(logKeyFile).Trim());
        return Receipt.TryParse(receiptText, out var receipt) && receipt.IsSignedBy(log);
    }
}
