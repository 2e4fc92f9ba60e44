// Every field of a case is read into its place, and what a case leaves out is taken as the format says.
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Policy.Cases;

public sealed class DecisionCaseReaderTests
{
    private const string Full = """
        {"id":"A-1","title":"t","tags":["x"],"why":"w","change":["-x"],"asOf":"2026-11-22","targets":["R-1","P-1"],"pairOf":"A-0",
        "request":{"fromSector":"health","fromRole":"doctor","fromOrg":"clinic","fromPerson":"dr-a","toSector":"sports","toRole":"coach","toOrg":"club","toPerson":"coach-b","toActor":"board",
        "purpose":"sports","direction":"notify","channel":"single-view","atomic":true,"items":["weight","name"],"itemTags":{"weight":["R","V"],"name":["PSY"]}},
        "client":{"birthDate":"2016-02-29","age":10,"hetu":"010190-900P","turvakielto":true,"guardianTurvakielto":true,"guardianBar":true,"deceased":true,"compulsoryAge":true,"schoolForm":"basic",
        "capacity":{"code":"2","meaning":"not able","context":"health","from":"2026-01-01","to":"2026-12-31"}},
        "facts":{"conditions":["needed"],"dated":[{"condition":"referred","status":"active","from":"2026-01-01","to":"2026-12-31","id":"file 7","parties":["clinic","club"]}]},
        "consents":[{"id":"c1","version":3,"form":"SECRECY","type":"prohibition","status":"withdrawn","items":["*","weight"],"recipientSector":"sports","recipientRole":"coach","recipientOrg":"club","recipientPerson":"coach-b","sourceOrgs":["clinic"],
        "purpose":"sports","from":"2026-01-01","to":"2026-12-31","by":"guardian","written":true}],
        "expect":{"decision":"partial","items":{"weight":"permit"},"rules":["R-1"],"reasonClass":{"name":["no-rule","prohibition"]},"obligations":["tell"],"acceptMasked":["name"]}}
        """;

    private const string Bare = """{"id":"B","asOf":"2026-11-22","request":{"direction":"read","items":"weight"},"consents":[{"id":"c","form":"SECRECY"}],"expect":{}}""";

    private static readonly LegalCatalogue Law = SmallCatalogue.With("prohibitions/P-2.yaml", "toSectors: [sports]", "toSectors: [sports]\nchannels: [standing-api]");

    [Fact]
    public void EveryFieldOfACaseStandsInItsPlace() => Golden.Matches("Cases/Golden/full.txt", Plain.Text(Read(Full)));

    [Fact]
    public void WhatACaseLeavesOutIsTakenAsTheFormatSays() => Golden.Matches("Cases/Golden/bare.txt", Plain.Text(Read(Bare)));

    [Fact]
    public void ACaseWithoutExpectationsHasNone() => Assert.Null(Read(With("""
        "expect":{}
        """, "\"tags\":[]")).Expect);

    [Theory]
    [InlineData("2026-11-22", "2026-11-22T12:00:00+02:00")]
    [InlineData("2026-07-01", "2026-07-01T12:00:00+03:00")]
    [InlineData("2026-11-22T08:30:00+02:00", "2026-11-22T08:30:00+02:00")]
    [InlineData("2026-11-22T08:30:00", "2026-11-22T08:30:00+00:00")]
    public void ADayIsNoonInFinlandAndAnInstantItself(string asOf, string instant) =>
        Assert.Equal(instant, $"{Read(With("\"2026-11-22\"", $"\"{asOf}\"")).AsOf:yyyy-MM-ddTHH:mm:sszzz}");

    [Theory]
    [InlineData("2026-01-01", "2026-01-01T00:00:00+02:00", "2026-01-01T23:59:59+02:00")]
    [InlineData("0002-01-01", "0002-01-01T00:00:00+02:00", "0002-01-01T23:59:59+02:00")]
    [InlineData("9998-12-30", "9998-12-30T00:00:00+02:00", "9998-12-30T23:59:59+02:00")]
    [InlineData("9998-12-31", "9998-12-31T00:00:00+02:00", "9999-12-31T23:59:59+00:00")]
    [InlineData("0001-06-01", "0001-06-01T00:00:00+00:00", "0001-06-01T00:00:00+00:00")]
    [InlineData("9999-06-01", "9999-06-01T00:00:00+00:00", "9999-06-01T00:00:00+00:00")]
    public void AConsentHoldsFromTheFirstToTheLastInstantOfItsDays(string day, string from, string to)
    {
        var consent = Assert.Single(Read(With("\"form\":\"SECRECY\"", $"\"form\":\"SECRECY\",\"from\":\"{day}\",\"to\":\"{day}\"")).State.Consents);

        Assert.Equal((from, to), ($"{consent.From:yyyy-MM-ddTHH:mm:sszzz}", $"{consent.To:yyyy-MM-ddTHH:mm:sszzz}"));
    }

    [Theory]
    [InlineData("\"id\":\"B\"", "\"id\":\"B\",\"id\":\"C\"", "Not JSON: ")]
    [InlineData("\"id\":\"B\"", "\"id\":\"\\ud800\"", "A text holds half of a surrogate pair.")]
    [InlineData("\"asOf\":\"2026-11-22\",", "", "`asOf` is missing.")]
    [InlineData("\"direction\":\"read\"", "\"direction\":\"peek\"", "`request.direction` is `peek`, must be read, write or notify.")]
    public void ALineThatIsNoCaseIsNotRead(string good, string bad, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Read(With(good, bad))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"channel\":\"standing-api\"", Channel.StandingApi)]
    [InlineData("\"channel\":\"single-view\"", Channel.SingleView)]
    [InlineData("\"channel\":\"single-message\"", Channel.SingleMessage)]
    [InlineData("\"channel\":\"client-handover\"", Channel.ClientHandover)]
    [InlineData("\"toSector\":\"sports\"", Channel.SingleMessage)]
    [InlineData("\"toSector\":\"sports\",\"channel\":\"standing-api\"", Channel.StandingApi)]
    [InlineData("\"toSector\":\"health\"", Channel.StandingApi)]
    [InlineData("\"fromSector\":\"sports\"", Channel.StandingApi)]
    public void WhereNoChannelIsSaidANonAuthorityGetsAMessageAndAnAuthorityTheInterface(string fields, Channel channel) =>
        Assert.Equal(channel, Read(With("\"direction\":\"read\"", $"\"direction\":\"read\",{fields}")).Request.Channel);

    [Fact]
    public void AConditionThatNamesItsChannelSetsIt()
    {
        var law = SmallCatalogue.With("conditions.yaml", "evaluatedFrom: {statement: system}", "evaluatedFrom: {channel: [client-handover, single-view]}");
        var line = With("\"consents\"", "\"facts\":{\"conditions\":[\"unheard-of\",\"needed\",\"checked\"]},\"consents\"");

        Assert.Equal(Channel.ClientHandover, new DecisionCaseReader(law).Read(line).Request.Channel);
    }

    [Theory]
    [InlineData("read", "", false)]
    [InlineData("write", "", true)]
    [InlineData("notify", "", false)]
    [InlineData("write", ",\"atomic\":false", false)]
    [InlineData("read", ",\"atomic\":true", true)]
    public void OnlyAWriteIsAllOrNothingUnlessTheCaseSaysSo(string direction, string fields, bool atomic) =>
        Assert.Equal(atomic, Read(With("\"direction\":\"read\"", $"\"direction\":\"{direction}\"{fields}")).Request.Atomic);

    [Theory]
    [InlineData("", "1986-11-22")]
    [InlineData("\"client\":{},", "1986-11-22")]
    [InlineData("\"client\":{\"age\":0},", "2026-11-22")]
    [InlineData("\"client\":{\"age\":150},", "1876-11-22")]
    [InlineData("\"client\":{\"hetu\":\"010190-900P\",\"age\":7},", "1990-01-01")]
    [InlineData("\"client\":{\"birthDate\":\"1980-03-01\",\"hetu\":\"010190-900P\",\"age\":7},", "1980-03-01")]
    [InlineData("\"facts\":{\"conditions\":[\"unheard-of\",\"young\"]},", "1997-11-22")]
    [InlineData("\"facts\":{\"conditions\":[\"old\"]},", "1986-11-22")]
    [InlineData("\"facts\":{\"conditions\":[\"old\",\"young\"]},", "1997-11-22")]
    [InlineData("\"facts\":{\"conditions\":[\"nineteen\"]},", "2008-11-22")]
    [InlineData("\"facts\":{\"conditions\":[\"minor\"]},", null)]
    [InlineData("\"facts\":{\"conditions\":[\"grown\"]},", "1986-11-22")]
    public void TheAgeIsGivenOrFollowsFromAConditionElseForty(string fields, string? birth)
    {
        string Aged(string id, string age) => $"{id}:\n  labels: {{fi: a, sv: b, en: c}}\n  type: fact\n  evaluatedFrom: {{{age}}}\n";
        var law = SmallCatalogue.With("conditions.yaml", "needed:", Aged("minor", "ageBelow: 18") + Aged("nineteen", "ageBelow: 19") + Aged("young", "ageBelow: 30") + Aged("old", "ageBelow: 90") + Aged("grown", "ageAtLeast: 7") + "needed:");

        var read = new DecisionCaseReader(law).Read(With("\"consents\"", fields + "\"consents\""));

        Assert.Equal(birth, read.State.Facts.BirthDate is { } born ? $"{born:yyyy-MM-dd}" : null);
        Assert.Empty(read.UnknownFields);
        Assert.Equal((false, false, false, false), (read.State.Facts.SafetyProhibition, read.State.Facts.GuardianSafetyProhibition, read.State.Facts.GuardianBar, read.State.Facts.Deceased));
    }

    [Theory]
    [InlineData("0099-11-22", "98", "0001-11-22")]
    [InlineData("0099-11-22", "99", null)]
    public void NobodyIsBornBeforeTheCalendar(string asOf, string age, string? birth)
    {
        var line = With("\"consents\"", $"\"client\":{{\"age\":{age}}},\"consents\"").Replace("2026-11-22", asOf, StringComparison.Ordinal);

        if (birth is null)
        {
            Assert.Equal("`client.age` must be 0 to 150.", Assert.Throws<FormatException>(() => Read(line)).Message);
        }
        else
        {
            Assert.Equal(birth, $"{Read(line).State.Facts.BirthDate:yyyy-MM-dd}");
        }
    }

    [Fact]
    public void ACapacityWithoutAContextIsOfNone() =>
        Assert.Equal(string.Empty, Assert.Single(Read(With("\"consents\"", "\"client\":{\"capacity\":{\"code\":\"1\"}},\"consents\"")).State.Facts.Capacity).Context);

    [Theory]
    [InlineData("client.capacity.colour", "\"consents\"", "\"client\":{\"capacity\":{\"code\":\"1\",\"meaning\":\"able\",\"colour\":1}},\"consents\"")]
    [InlineData("expect.colour", "\"expect\":{}", "\"expect\":{\"colour\":1}")]
    [InlineData("consents[0].colour", "\"form\"", "\"colour\":1,\"form\"")]
    public void AFieldThatTheFormatDoesNotKnowIsTold(string told, string good, string bad) => Assert.Equal([told], Read(With(good, bad)).UnknownFields);

    [Theory]
    [InlineData("[]", null, null, true)]
    [InlineData("[\"clinic\",\"club\"]", "clinic", "club", true)]
    [InlineData("[\"clinic\",\"club\"]", "clinic", null, true)]
    [InlineData("[\"clinic\",\"club\"]", null, "club", true)]
    [InlineData("[\"clinic\",\"club\"]", "club", "shop", false)]
    [InlineData("[\"clinic\",\"club\"]", "shop", "clinic", false)]
    [InlineData("[\"clinic\"]", "shop", null, false)]
    [InlineData("[\"clinic\"]", null, "shop", false)]
    public void ADatedConditionCountsWhereItsPartiesAreThoseOfTheCase(string parties, string? from, string? to, bool counts)
    {
        var law = SmallCatalogue.With("conditions.yaml", "evaluatedFrom: {statement: system}", "evaluatedFrom: {channel: [client-handover, single-view]}");
        var ends = (from is null ? "" : $",\"fromOrg\":\"{from}\"") + (to is null ? "" : $",\"toOrg\":\"{to}\"");
        var line = With("\"direction\":\"read\"", "\"direction\":\"read\"" + ends)
            .Replace("\"consents\"", $"\"facts\":{{\"dated\":[{{\"condition\":\"checked\",\"status\":\"active\",\"parties\":{parties}}}]}},\"consents\"", StringComparison.Ordinal);

        Assert.Equal(counts ? Channel.ClientHandover : Channel.StandingApi, new DecisionCaseReader(law).Read(line).Request.Channel);
    }

    [Theory]
    [InlineData("\"fromSector\":\"Health care!\"", "Health.20.care.21.")]
    [InlineData("\"fromSector\":\"\"", "none")]
    [InlineData("\"fromSector\":\"none\"", "none")]
    [InlineData("\"toRole\":\"x\"", "none")]
    [InlineData("\"fromSector\":\"                                        \"", ".20..20..20..20..20..20..20..20..20..20..20..20..20..20..20..20.")]
    public void AWordThatIsNoCodeIsSpelledAsOneThatNoCatalogueKnows(string field, string code)
    {
        var request = Read(With("\"direction\":\"read\"", $"\"direction\":\"read\",{field}")).Request;

        Assert.Equal(code, request.From.Sector.Value);
    }

    [Theory]
    [InlineData("active", "Active")]
    [InlineData("withdrawn", "Withdrawn")]
    [InlineData("expired", "Expired")]
    [InlineData("superseded", "Superseded")]
    [InlineData("thought of", "Draft")]
    public void TheStatusOfAConsentIsRead(string status, string read) =>
        Assert.Equal(read, $"{Assert.Single(Read(With("\"form\"", $"\"status\":\"{status}\",\"form\"")).State.Consents).Status}");

    [Fact]
    public void AStarInAConsentNamesAnybodyAndEverything()
    {
        var consent = Assert.Single(Read(With("\"form\"", "\"items\":\"*\",\"recipientSector\":\"*\",\"recipientRole\":\"*\",\"recipientOrg\":\"*\",\"recipientPerson\":\"*\",\"purpose\":\"*\",\"form\"")).State.Consents);

        Assert.True(consent.AllItems);
        Assert.Empty(consent.Items);
        Assert.Equal((null, null, null, null, null), (consent.RecipientSector, consent.RecipientRole, consent.RecipientOrganisation, consent.RecipientPerson, consent.Purpose));
    }

    private static DecisionCase Read(string line) => new DecisionCaseReader(Law).Read(line);

    private static string With(string good, string bad)
    {
        Assert.Contains(good.Trim(), Bare, StringComparison.Ordinal);
        return Bare.Replace(good.Trim(), bad, StringComparison.Ordinal);
    }
}
