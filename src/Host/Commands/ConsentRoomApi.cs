// The consent service's doors to consents, relationships and agreements, as the operator uses them.
using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Asks a running instance with the operator's key. Clients are named in bodies only.</summary>
internal sealed class ConsentRoomApi(RunningHouse house)
{
    /// <summary>Runs a command against the consent service, and says in a line what went wrong.</summary>
    internal static async Task<int> TryAsync(HouseOptions options, InvocationConfiguration streams, Func<ConsentRoomApi, Task<int>> run)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            return await run(new ConsentRoomApi(house));
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            await streams.Error.WriteLineAsync(fault.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The national identifier on standard input, so that it stands in no command line.</summary>
    internal static async Task<string> ReadIdentifierAsync(CancellationToken cancellation) => (await Console.In.ReadLineAsync(cancellation))?.Trim() ?? string.Empty;

    /// <summary>All consents of a client.</summary>
    internal Task<RecordedConsents> ConsentsAsync(string identifier, CancellationToken cancellation) =>
        AskAsync<RecordedConsents>("consents/query", new ConsentQuestion { Identifier = identifier }, cancellation);

    /// <summary>Whether the consents of a flow stand.</summary>
    internal Task<ConsentsChecked> CheckAsync(CheckConsents question, CancellationToken cancellation) => AskAsync<ConsentsChecked>("consents/check", question, cancellation);

    /// <summary>All relationships of a client.</summary>
    internal Task<RelationshipList> RelationshipsAsync(string identifier, CancellationToken cancellation) =>
        AskAsync<RelationshipList>("relationships/query", new ConsentQuestion { Identifier = identifier }, cancellation);

    /// <summary>All agreements.</summary>
    internal Task<AgreementList> AgreementsAsync(CancellationToken cancellation) => AskAsync<AgreementList>("agreements", null, cancellation);

    /// <summary>One agreement with what hangs on it.</summary>
    internal Task<AgreementShown> AgreementAsync(string id, CancellationToken cancellation) => AskAsync<AgreementShown>($"agreements/{Uri.EscapeDataString(id)}", null, cancellation);

    /// <summary>Ends an agreement.</summary>
    internal Task<AgreementChanged> EndAgreementAsync(string id, CancellationToken cancellation) => AskAsync<AgreementChanged>($"agreements/{Uri.EscapeDataString(id)}/end", new { }, cancellation);

    /// <summary>What waits for decisions of professionals.</summary>
    internal Task<WaitingReleases> ReleasesAsync(CancellationToken cancellation) => AskAsync<WaitingReleases>("releases/all", null, cancellation);

    /// <summary>The keys on file.</summary>
    internal Task<EnvelopeKeyList> KeysAsync(CancellationToken cancellation) => AskAsync<EnvelopeKeyList>("keys", null, cancellation);

    /// <summary>Makes a new key.</summary>
    internal Task<EnvelopeKeyList> RotateKeyAsync(CancellationToken cancellation) => SendAsync<EnvelopeKeyList>(HttpMethod.Post, "keys/rotate", null, cancellation);

    /// <summary>Puts a key aside.</summary>
    internal Task<EnvelopeKeyList> RetireKeyAsync(int number, CancellationToken cancellation) =>
        SendAsync<EnvelopeKeyList>(HttpMethod.Post, $"keys/{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}/retire", null, cancellation);

    /// <summary>Merges two identities.</summary>
    internal Task<ClientsMerged> MergeAsync(MergeClients command, CancellationToken cancellation) => AskAsync<ClientsMerged>("clients/merge", command, cancellation);

    /// <summary>Undoes a merge.</summary>
    internal Task<ClientsMerged> UnmergeAsync(UnmergeClients command, CancellationToken cancellation) => AskAsync<ClientsMerged>("clients/unmerge", command, cancellation);

    private Task<T> AskAsync<T>(string path, object? body, CancellationToken cancellation) => SendAsync<T>(body is null ? HttpMethod.Get : HttpMethod.Post, path, body, cancellation);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(method, new Uri(house.Settings.Consent, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: SisoteJson.Options);
        using var answer = await client.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(text, SisoteJson.Options) ?? throw new InvalidDataException("The consent service answered nothing.")
            : throw new InvalidDataException($"The consent service answered {(int)answer.StatusCode}: {ReasonIn(text)}");
    }

    private static string ReasonIn(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return string.Join(' ', new[] { "title", "field", "detail" }.Select(name => problem.RootElement.TryGetProperty(name, out var text) ? text.GetString() : null).OfType<string>());
        }
        catch (JsonException)
        {
            return "no reason given.";
        }
    }
}
