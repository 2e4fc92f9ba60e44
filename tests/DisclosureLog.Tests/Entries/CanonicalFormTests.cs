// One way to write an entry, and no other way to read one.
using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Tests.DisclosureLog;

public sealed class CanonicalFormTests
{
    [Fact]
    public void AnyEntryComesBackAsItWas() => SomeEntries.Any.Sample(static entry =>
    {
        var record = CanonicalForm.Write(entry);
        var read = CanonicalForm.Read(record);

        Assert.Equal(record, CanonicalForm.Write(read));
        Assert.Empty(Differences(entry, read, "entry"));
    });

    [Fact]
    public void MembersStandInTheOrderOfTheirNamesAndNothingIsBetweenThem() => SomeEntries.Any.Sample(static entry =>
    {
        var record = CanonicalForm.Write(entry);
        using var json = JsonDocument.Parse(record);

        Assert.Equal(Rfc8785(json.RootElement), Encoding.UTF8.GetString(record));
    });

    [Fact]
    public void EveryMemberOfAnEntryStandsInTheCanonicalForm()
    {
        using var json = JsonDocument.Parse(CanonicalForm.Write(SomeEntries.Full));

        AssertAllMembers(SomeEntries.Full, json.RootElement);
    }

    [Fact]
    public void AnEntryOfTheLogsOwnKeepingIsWrittenExactlyAsTheFormatSays()
    {
        Assert.Equal(
            """{"correlationId":"c","erasure":{"asOf":"2038-11-23","count":3,"export":"UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=","period":"log-other","ranges":[{"first":5,"last":7}]},"id":"e1","kind":"erasure","outcome":"erased","schema":3,"time":"1970-01-01T00:00:00.000Z","visibility":{"client":true,"guardian":false}}""",
            Encoding.UTF8.GetString(CanonicalForm.Write(SomeEntries.OfAnErasure)));
        Assert.Equal(
            """{"correlationId":"c","hold":{"organisation":"kuopio","range":{"first":7,"last":9},"reason":"litigation","scope":"range","until":"2040-01-31"},"id":"e1","kind":"hold-change","outcome":"placed","schema":3,"time":"1970-01-01T00:00:00.000Z","visibility":{"client":true,"guardian":false}}""",
            Encoding.UTF8.GetString(CanonicalForm.Write(SomeEntries.OfAHold)));
    }

    [Fact]
    public void AnEntryOfAReviewIsWrittenExactlyAsTheFormatSays() => Assert.Equal(
        """{"correlationId":"c","id":"e1","kind":"review","outcome":"opened","review":{"content":"UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=","count":10,"file":"UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=","frame":{"first":5,"last":7},"person":"ohjaaja-salmi","place":6,"seed":"UrwP1DauSc/usuAN2jQvm6umdC737B3R3nhkImPhGsY=","since":"1970-01-01T00:00:00.000Z","subject":"round","until":"1970-01-02T00:00:00.000Z"},"schema":4,"time":"1970-01-01T00:00:00.000Z","visibility":{"client":true,"guardian":false}}""",
        Encoding.UTF8.GetString(CanonicalForm.Write(SomeEntries.OfAReview)));

    [Fact]
    public void OnlyEntriesOfTheLogsOwnKeepingHaveTheThirdSchemaAndThoseHaveNoOther()
    {
        foreach (var entry in new[]
        {
            SomeEntries.OfAnErasure with { Schema = 2 },
            SomeEntries.OfAnErasure with { Erasure = null },
            SomeEntries.OfAnErasure with { Kind = LogEntryKind.HoldChange },
            SomeEntries.OfAnErasure with { Hold = SomeEntries.OfAHold.Hold },
            SomeEntries.OfAHold with { Schema = 2 },
            SomeEntries.OfAHold with { Hold = null },
            SomeEntries.Full with { Erasure = SomeEntries.OfAnErasure.Erasure },
            SomeEntries.OfTheFirstSchema with { Hold = SomeEntries.OfAHold.Hold },
            SomeEntries.OfTheFirstSchema with { Kind = LogEntryKind.Erasure },
            SomeEntries.OfAnErasure with { Schema = 4 },
            SomeEntries.OfAReview with { Schema = 2 },
            SomeEntries.OfAReview with { Schema = 3 },
            SomeEntries.OfAReview with { Schema = 5 },
            SomeEntries.OfAReview with { Review = null },
            SomeEntries.OfAReview with { Kind = LogEntryKind.LogRead },
            SomeEntries.OfAReview with { Hold = SomeEntries.OfAHold.Hold },
            SomeEntries.OfAnErasure with { Review = SomeEntries.OfAReview.Review },
            SomeEntries.OfTheFirstSchema with { Kind = LogEntryKind.Review },
            SomeEntries.Full with { Review = SomeEntries.OfAReview.Review },
        })
        {
            Assert.Throws<FormatException>(() => CanonicalForm.Write(entry));
        }
    }

    [Fact]
    public void AnEntryIsWrittenExactlyAsTheFormatSays()
    {
        var entry = new LogEntry
        {
            Id = "e1",
            Time = new DateTimeOffset(2026, 11, 22, 19, 5, 9, 123, TimeSpan.FromHours(2)).AddTicks(4567),
            Kind = LogEntryKind.LogRead,
            CorrelationId = "a\"b\\c\n\u0001\u007f\u00e4\U0001F3C3",
            Outcome = "read",
        };

        Assert.Equal(
            "{\"correlationId\":\"a\\\"b\\\\c\\n\\u0001\u007f\u00e4\U0001F3C3\",\"id\":\"e1\",\"kind\":\"log-read\",\"outcome\":\"read\",\"schema\":2,"
            + "\"time\":\"2026-11-22T17:05:09.123Z\",\"visibility\":{\"client\":true,\"guardian\":false}}",
            Encoding.UTF8.GetString(CanonicalForm.Write(entry)));
    }

    [Fact]
    public void AnEntryOfTheFirstSchemaIsReadAndWrittenAsItWas()
    {
        var record = CanonicalForm.Write(SomeEntries.OfTheFirstSchema);

        Assert.Contains("\"schema\":1,", Encoding.UTF8.GetString(record), StringComparison.Ordinal);
        Assert.Equal(record, CanonicalForm.Write(CanonicalForm.Read(record)));
    }

    [Theory]
    [InlineData("""{"correlationId":"c","id":"e","kind":"use","more":1,"outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":"use","outcome":"read","schema":3,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"ageClass":"minor","correlationId":"c","id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","inputs":"AAAA","kind":"use","outcome":"read","schema":2,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":"use","outcome":"read","time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":"theft","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":0,"outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T19:05:09.123+02:00","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"id":"e","correlationId":"c","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c", "id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"c","id":"e","items":[],"kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":"\u0063","id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("""{"correlationId":null,"id":"e","kind":"use","outcome":"read","schema":1,"time":"2026-11-22T17:05:09.123Z","visibility":{"client":true,"guardian":false}}""")]
    [InlineData("null")]
    [InlineData("")]
    public void ARecordInAnyOtherFormIsRefused(string record) =>
        Assert.Throws<FormatException>(() => CanonicalForm.Read(Encoding.UTF8.GetBytes(record)));

    [Fact]
    public void NoSingleFlippedBitOfARecordIsReadAsTheSameEntry()
    {
        var record = CanonicalForm.Write(SomeEntries.Full);
        for (var bit = 0; bit < record.Length * 8; bit++)
        {
            var changed = record.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = Record.Exception(() => CanonicalForm.Write(CanonicalForm.Read(changed)));

            Assert.True(read is null or FormatException, $"Bit {bit} ends in {read?.GetType().Name}.");
        }
    }

    [Fact]
    public void WhatHasNoCanonicalFormIsNotWritten()
    {
        Assert.ThrowsAny<ArgumentException>(() => CanonicalForm.Write(SomeEntries.Full with { Outcome = "\ud800" }));
        Assert.Throws<FormatException>(() => CanonicalForm.Write(SomeEntries.Full with { ClientRevision = 1L << 53 }));
        Assert.Throws<FormatException>(() => CanonicalForm.Write(SomeEntries.Full with { Schema = 3 }));
        Assert.Throws<FormatException>(() => CanonicalForm.Write(SomeEntries.Full with { Schema = 1 }));
        Assert.Throws<FormatException>(() => CanonicalForm.Write(SomeEntries.OfTheFirstSchema with { Schema = 1, DecidedAt = DateTimeOffset.UnixEpoch }));
        Assert.Throws<FormatException>(() => CanonicalForm.Write(SomeEntries.Full with { Kind = (LogEntryKind)99 }));
        Assert.Throws<InvalidOperationException>(() => CanonicalForm.Write(SomeEntries.Full with { Client = default(ClientId) }));
    }

    private static IEnumerable<string> Differences(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null || expected is string || expected.GetType().IsPrimitive || expected.GetType().IsEnum || !expected.GetType().IsClass && expected is not IEnumerable)
        {
            return Equals(expected, actual) ? [] : [path];
        }

        return expected is IEnumerable list
            ? list.Cast<object>().Count() == ((IEnumerable)actual).Cast<object>().Count()
                ? list.Cast<object>().Zip(((IEnumerable)actual).Cast<object>()).SelectMany(pair => Differences(pair.First, pair.Second, path + "[]"))
                : [path + ".Count"]
            : Members(expected).SelectMany(member => Differences(member.GetValue(expected), member.GetValue(actual), $"{path}.{member.Name}"));
    }

    private static void AssertAllMembers(object value, JsonElement json)
    {
        var members = Members(value).Where(static member => member.Name is not (nameof(LogEntry.Erasure) or nameof(LogEntry.Hold) or nameof(LogEntry.Review))).ToArray(); // those have entries of their own
        Assert.Equal(
            members.Select(static member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)).Order(StringComparer.Ordinal),
            json.EnumerateObject().Select(static member => member.Name));
        foreach (var member in members)
        {
            var inner = member.GetValue(value);
            var written = json.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(member.Name));
            if (written.ValueKind == JsonValueKind.Object)
            {
                AssertAllMembers(inner!, written);
            }
            else if (written.ValueKind == JsonValueKind.Array && written[0].ValueKind == JsonValueKind.Object)
            {
                AssertAllMembers(((IEnumerable)inner!).Cast<object>().First(), written[0]);
            }
        }
    }

    private static PropertyInfo[] Members(object value) => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>RFC 8785 the slow way: sort, then write each string with only the escapes that ECMAScript writes.</summary>
    private static string Rfc8785(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', json.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal).Select(static member => Quote(member.Name) + ":" + Rfc8785(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', json.EnumerateArray().Select(Rfc8785)) + "]",
        JsonValueKind.String => Quote(json.GetString()!),
        _ => JsonNode.Parse(json.GetRawText())!.ToJsonString(),
    };

    private static string Quote(string text) => "\"" + string.Concat(text.Select(static c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        < ' ' => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    })) + "\"";
}
