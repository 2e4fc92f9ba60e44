// What stands round a body: headers, tags, caches, lengths.
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Marked;
using Sisote.Tests.Leaks.Matrix;

namespace Sisote.Tests.Leaks.Probes;

public sealed class HeaderTests(ProfileHouse house) : IClassFixture<ProfileHouse>
{
    private static readonly string[] Ours = ["Cache-Control", "Connection", "Content-Length", "Content-Type", "Date", "Sisote-Receipt", "X-Content-Type-Options", "X-Request-Id"];

    [Fact]
    [Channel(34, 21, 23, 43, EveryProfile = true)]
    public Task AnAnswerHasOurOwnHeadersAndNoOther() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        foreach (var reply in new[] { await visit.SearchAsync(type), await visit.FindAsync(), await visit.ReadAsync(type, MarkedSet.Of(type)[0].Id), await visit.ReadAsync(type, "not-there"), await visit.GetAsync("Observation?x=1") })
        {
            Assert.DoesNotContain(reply.HeaderNames.Except(Ours), name => !(name == "ETag" && IsTask(reply)));
            Assert.Matches("^(W/\"[A-Za-z0-9.-]{64}\")?$", reply.Header("ETag") ?? string.Empty); // the version of a task, in the recipient's own name for it
            Assert.Equal("no-store", reply.Header("Cache-Control"));
            Assert.DoesNotContain(MarkedSource.Envelope, reply.Head, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(visit.Hetu, reply.Head, StringComparison.Ordinal);
        }
    });

    [Fact]
    [Channel(21, EveryProfile = true)]
    public Task NoConditionAboutVersionsIsAnswered() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        var plain = await visit.ReadAsync(type, "not-there");
        var seen = await visit.SearchAsync(type, "&_count=1");
        foreach (var header in new[] { "If-None-Match: *", "If-None-Match: W/\"upmark-etag\"", "If-Match: *", "If-Modified-Since: Wed, 01 Jan 2097 00:00:00 GMT", "If-Unmodified-Since: Wed, 01 Jan 1997 00:00:00 GMT", "Range: bytes=0-10" })
        {
            Assert.Equal(plain.Comparable, (await visit.ReadAsync(type, "not-there", header + "\n")).Comparable);
            var again = await visit.SearchAsync(type, "&_count=1", header + "\n");
            Assert.Equal((seen.Status, WithoutCursor(seen.Body)), (again.Status, WithoutCursor(again.Body)));
        }
    });

    [Fact]
    [Channel(21, 27, EveryProfile = true)]
    public Task AChangeOfWhatIsHiddenChangesNoByteOfTheAnswer() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var type = ProfileHouse.TypeOf(profile);
        var (plain, changed) = (await WithAsync(visit, type, static text => text), await WithAsync(visit, type, static text => text
            .Replace("\"versionId\":\"m", "\"versionId\":\"9-m", StringComparison.Ordinal).Replace("generated", "additional", StringComparison.Ordinal).Replace("<div xmlns", "<div lang='a-longer-text-than-before' xmlns", StringComparison.Ordinal)));

        Assert.Equal(plain.Body, changed.Body);
        Assert.Equal(plain.Header("Content-Length"), changed.Header("Content-Length"));
    });

    [Fact]
    [Channel(27, EveryProfile = true)]
    public Task NothingIsCompressedOrSentInPieces() => house.ForEveryAsync(static async (visit, profile) =>
    {
        var reply = await visit.SearchAsync(ProfileHouse.TypeOf(profile), headers: "Accept-Encoding: gzip, br, deflate\nTE: trailers\n");

        Assert.Null(reply.Header("Content-Encoding"));
        Assert.Null(reply.Header("Transfer-Encoding"));
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(reply.Body).ToString(System.Globalization.CultureInfo.InvariantCulture), reply.Header("Content-Length"));
    });

    [Fact]
    [Channel(43, EveryProfile = true)]
    public Task NoNationalIdentifierIsTakenOrGivenInAnAddress() => house.ForEveryAsync(static async (visit, _) =>
    {
        visit.House.World.Source.Seen.Clear();
        foreach (var path in new[] { $"Patient?identifier=urn:oid:1.2.246.21|{visit.Hetu}", $"Observation?patient:identifier=urn:oid:1.2.246.21|{visit.Hetu}", $"Observation?subject:identifier={visit.Hetu}", $"Observation?patient.identifier=urn:oid:1.2.246.21|{visit.Hetu}" })
        {
            var reply = await visit.GetAsync(path);
            Assert.Equal(400, reply.Status);
            Assert.DoesNotContain(visit.Hetu, reply.Everything, StringComparison.Ordinal);
        }

        Assert.Empty(visit.House.World.Source.Seen);
        await visit.FindAsync();
        Assert.All(visit.House.World.Source.Seen, seen => Assert.DoesNotContain(visit.Hetu, seen.Target, StringComparison.Ordinal));
    });

    /// <summary>A cursor is another text each time.</summary>
    private static string WithoutCursor(string body) => System.Text.RegularExpressions.Regex.Replace(body, "_page=[A-Za-z0-9_-]+", "_page=");

    private static bool IsTask(RawReply reply) => reply.Status == 200 && reply.Body.StartsWith("""{"resourceType":"Task",""", StringComparison.Ordinal);

    private static async Task<RawReply> WithAsync(Visit visit, string type, Func<string, string> change)
    {
        var text = change($$"""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{{MarkedSet.Of(type)[0].About(visit.Hetu)}} }]}""");
        visit.House.World.Source.Instead = context =>
        {
            context.Response.ContentType = "application/fhir+json";
            context.Response.Headers.ETag = $"W/\"{text.Length}\"";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, text);
        };
        return await visit.SearchAsync(type);
    }
}
