// Many callers at once, of whom some hang up and some read slowly: nobody gets a byte of another's answer.
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Limits;

/// <summary>
/// Every client's measures carry that client's mark, once where it may leave and once where it must stay. The memory for answers is shared and used again, so a buffer that goes back too early, twice, or
/// half cleared shows here as somebody else's mark, as a mark that must stay, or as a text that is no JSON. <c>SISOTE_MIXING_CALLS</c> asks for more calls.
/// </summary>
public sealed partial class MixingTests
{
    private const int Clients = 24;
    private const int AtOnce = 96;

    private static int Calls => int.Parse(Environment.GetEnvironmentVariable("SISOTE_MIXING_CALLS") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task AmongHundredsOfCallersOfWhomManyHangUpOrReadSlowlyEachGetsItsOwnClientsDataAndNobodyElses()
    {
        await using var world = await GatewayWorld.OpenAsync(new Dictionary<string, string?> { ["Sisote:Gateway:MostAtOnce"] = "1000" });
        var handles = new string[Clients];
        for (var client = 0; client < Clients; client++)
        {
            world.Consent.Set(HetuOf(client), Some.Counselled);
            world.Source.Resources.Add(Some.Patient(HetuOf(client)));
            handles[client] = await world.HandleOfAsync(HetuOf(client));
        }

        var asked = 0;
        world.Source.Instead = context => AnswerAsync(context, Interlocked.Increment(ref asked));
        var token = world.Token();
        var whole = new ConcurrentDictionary<Manner, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, cancellation) =>
        {
            var (client, manner) = (call * 7 % Clients, (Manner)(call % 5));
            var request = $"GET /fhir/pohjois-savo-record/Observation?patient={handles[client]} HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: Bearer {token}\r\nSisote-Context: necessity-statement=\"planning\"\r\nConnection: close\r\n\r\n";
            if (Check(await SendAsync(world.Address, request, manner, cancellation), client))
            {
                whole.AddOrUpdate(manner, 1, static (_, count) => count + 1);
            }
        });

        Assert.InRange(whole.GetValueOrDefault(Manner.Patient), 1, Calls);
        Assert.InRange(whole.GetValueOrDefault(Manner.Slow), 1, Calls);
    }

    /// <summary>What came is of the client's own, whole or in part; true = it is a whole answer.</summary>
    private static bool Check(string answer, int client)
    {
        Assert.DoesNotContain("stays-", answer, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', answer);
        var marks = Mark().Matches(answer).Select(static match => match.Groups).ToArray();
        Assert.All(marks, mark => Assert.Equal(client, int.Parse(mark["client"].Value, CultureInfo.InvariantCulture)));
        Assert.True(marks.Select(static mark => mark["call"].Value).Distinct().Count() <= 1, "an answer holds parts of two answers of the source");
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || body < 0 || Encoding.UTF8.GetByteCount(answer.AsSpan(body + 4)) < LengthIn(answer[..body]))
        {
            return false;
        }

        var entries = JsonNode.Parse(answer[(body + 4)..])!["entry"]!.AsArray();
        Assert.Equal(int.Parse(marks[0]["count"].Value, CultureInfo.InvariantCulture), entries.Count);
        Assert.Equal(entries.Count, marks.Select(static mark => mark["place"].Value).Distinct().Count());
        return true;
    }

    private static async Task<string> SendAsync(Uri address, string request, Manner manner, CancellationToken cancellation)
    {
        using var socket = new TcpClient { NoDelay = true };
        if (manner is Manner.Slow or Manner.LeavesInTheMiddle)
        {
            socket.ReceiveBufferSize = 2048;
        }

        await socket.ConnectAsync(address.Host, address.Port, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellation);
        if (manner == Manner.LeavesAtOnce)
        {
            socket.Client.Close(0);
            return string.Empty;
        }

        var (got, part) = (new MemoryStream(), new byte[manner == Manner.Slow ? 1500 : 8192]);
        while (await stream.ReadAsync(part, cancellation) is > 0 and var count)
        {
            got.Write(part, 0, count);
            if (manner == Manner.LeavesInTheMiddle)
            {
                socket.Client.Close(0);
                break;
            }

            if (manner == Manner.Slow)
            {
                await Task.Yield();
            }
        }

        return Encoding.UTF8.GetString(got.GetBuffer(), 0, (int)got.Length);
    }

    /// <summary>The source: short and long answers, with and without a length, in one piece and in several, and now and then half an answer.</summary>
    private static async Task AnswerAsync(HttpContext context, int call)
    {
        var client = ClientOf(Uri.UnescapeDataString(FakeSource.BodyOf(context)));
        var count = 1 + (call * 13 % 90);
        var bundle = Encoding.UTF8.GetBytes(RawSource.Searchset(Enumerable.Range(0, count).Select(place => Measure(client, call, count, place))));
        context.Response.ContentType = "application/fhir+json";
        context.Response.ContentLength = call % 3 == 0 ? null : bundle.Length;
        var middle = bundle.Length / 2;
        await context.Response.Body.WriteAsync(bundle.AsMemory(0, middle));
        await context.Response.Body.FlushAsync();
        if (call % 11 == 0)
        {
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(bundle.AsMemory(middle));
    }

    private static string Measure(int client, int call, int count, int place)
    {
        var measure = Some.Measure(HetuOf(client), $"m-{place}");
        measure["valueQuantity"]!["value"] = long.Parse(string.Create(CultureInfo.InvariantCulture, $"9{client:00}{call:000000}{count:000}{place:000}"), CultureInfo.InvariantCulture);
        measure["note"]![0]!["text"] = string.Concat(Enumerable.Repeat($"stays-{client} ", 20 + (place * call % 60)));
        return measure.ToJsonString();
    }

    private static int ClientOf(string form) => Enumerable.Range(0, Clients).First(client => form.Contains(HetuOf(client), StringComparison.Ordinal));

    private static int LengthIn(string head) =>
        int.Parse(head.Split("\r\n").First(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))["Content-Length:".Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);

    /// <summary>An invented identifier; individual numbers from 900 on are never given to a person.</summary>
    private static string HetuOf(int client)
    {
        var (day, number) = ($"{1 + client:00}0380", 900 + client);
        return $"{day}-{number}{"0123456789ABCDEFHJKLMNPRSTUVWXY"[((int.Parse(day, CultureInfo.InvariantCulture) * 1000) + number) % 31]}";
    }

    [GeneratedRegex("\"value\":9(?<client>[0-9]{2})(?<call>[0-9]{6})(?<count>[0-9]{3})(?<place>[0-9]{3})")]
    private static partial Regex Mark();

    private enum Manner
    {
        Patient,
        Slow,
        LeavesAtOnce,
        LeavesInTheMiddle,
        PatientToo,
    }
}
