// No client's name is ever shown on another's referral.
using System.Text.Json.Nodes;
using Sisote.Policy.States;
using Sisote.Portal.Visits;

namespace Sisote.Tests.Portal;

public sealed class ReferralMatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ADocumentThatNamesTheReferralBelongsToIt()
    {
        var joined = ReferralMatch.Join([Referral("r-1", Noon)], [Document("d-1", "2026-01-01", "r-1"), Document("d-2", "2026-11-22T10:00:00Z")]);

        Assert.Equal("d-1", joined["r-1"]["id"]!.ToString());
    }

    [Fact]
    public void TheOnlyDocumentOfTheTimeBelongsToTheOnlyReferralOfTheTime()
    {
        var joined = ReferralMatch.Join([Referral("r-1", Noon), Referral("r-2", Noon.AddHours(3))], [Document("d-1", "2026-11-22T11:55:00+02:00"), Document("d-2", "2026-11-22T12:58:30Z")]);

        Assert.Equal("d-1", joined["r-1"]["id"]!.ToString());
        Assert.Equal("d-2", joined["r-2"]["id"]!.ToString());
    }

    [Fact]
    public void TwoPossibleDocumentsAreJoinedWithNone() =>
        Assert.Empty(ReferralMatch.Join([Referral("r-1", Noon)], [Document("d-1", "2026-11-22T09:55:00Z"), Document("d-2", "2026-11-22T09:59:00Z")]));

    [Fact]
    public void TwoPossibleReferralsAreJoinedWithNone() =>
        Assert.Empty(ReferralMatch.Join([Referral("r-1", Noon), Referral("r-2", Noon.AddMinutes(2))], [Document("d-1", "2026-11-22T09:58:00Z")]));

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T09:30:00Z")]
    [InlineData("2026-11-22T10:05:00Z")]
    [InlineData("soon")]
    public void AnotherTimeOrADayAloneIsNotEnough(string written) => Assert.Empty(ReferralMatch.Join([Referral("r-1", Noon)], [Document("d-1", written)]));

    private static Relationship Referral(string id, DateTimeOffset from) => new() { Id = id, Kind = "referral", Status = RelationshipStatus.Requested, From = from };

    private static JsonObject Document(string id, string authoredOn, string? identifier = null) => new()
    {
        ["id"] = id,
        ["authoredOn"] = authoredOn,
        ["identifier"] = identifier is null ? null : new JsonArray(new JsonObject { ["value"] = identifier }),
    };
}
