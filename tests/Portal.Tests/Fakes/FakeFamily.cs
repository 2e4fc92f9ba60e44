// A guardian's doors of the consent service as the portal meets them.
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Portal;

internal sealed class FakeFamily
{
    internal const string Child = "0123456789abcdef0123456789abcdef";
    internal const string Waiting = "0197a1b2c3d47000800000000000d001";
    internal const string Standing = "0197a1b2c3d47000800000000000d002";

    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 23, 0, TimeSpan.Zero);

    internal static IResult Nothing => Results.Json(new { type = "https://sisote.fi/problems/nothing-to-show", status = 404 }, statusCode: 404);

    internal List<MyChild> Children { get; } = [new() { Id = Child, Name = "Kaarna" }];

    internal List<ChildDisclosure> Disclosures { get; } = [Row(LogEntryKind.Disclosure, 3), Row(LogEntryKind.WriteIntent, 1), Row(LogEntryKind.Use, 1)];

    internal ConcurrentDictionary<string, ChildConsent> Consents { get; } = new(
    [
        KeyValuePair.Create(Waiting, One(Waiting, ConsentStatus.Draft, mine: false)),
        KeyValuePair.Create(Standing, One(Standing, ConsentStatus.Active, mine: true)),
        KeyValuePair.Create("d003", One("d003", ConsentStatus.Withdrawn, mine: true)),
    ]);

    /// <summary>Whether the guardian decides; else every step comes to nothing.</summary>
    internal bool Decides { get; set; } = true;

    internal ConcurrentQueue<GiveConsent> Given { get; } = new();

    internal bool Has(string child) => Children.Any(one => one.Id == child);

    internal IResult Give(string child, GiveConsent command)
    {
        if (!Has(child) || !Decides)
        {
            return Nothing;
        }

        Given.Enqueue(command);
        return Answer(Consents[command.Id] = One(command.Id, ConsentStatus.Draft, mine: true) with { Items = command.Items, To = command.To });
    }

    internal IResult Step(string child, string id, string step) => Has(child) && Decides && Consents.TryGetValue(id, out var one)
        ? Answer(Consents[id] = one with { Status = step == "give" ? ConsentStatus.Active : ConsentStatus.Withdrawn, GivenByMe = true, MayGive = false, MayWithdraw = step == "give" })
        : Nothing;

    private static IResult Answer(ChildConsent one) =>
        Results.Json(new ChildConsentAnswer { Consent = one, At = Morning, Receipt = "receipt-of-the-log", Index = 21, Alone = one.Status == ConsentStatus.Active }, SisoteJson.Options);

    private static ChildConsent One(string id, ConsentStatus status, bool mine) => new()
    {
        Id = id,
        Form = ConsentFormId.Parse("SECRECY"),
        Status = status,
        Items = [DataItemId.Parse("exercise-restriction"), DataItemId.Parse("exercise-goal-plan")],
        RecipientSector = SectorId.Parse("municipal-sports"),
        RecipientOrganisation = OrganisationId.Parse("kuopio"),
        RecipientRole = RoleId.Parse("exercise-counsellor"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        From = Morning,
        SourceOrganisations = [OrganisationId.Parse("pohjois-savo")],
        GivenByMe = mine,
        MayGive = status == ConsentStatus.Draft && !mine,
        MayWithdraw = status is ConsentStatus.Active or ConsentStatus.Draft,
    };

    private static ChildDisclosure Row(LogEntryKind kind, int count) => new()
    {
        Time = Morning,
        FirstTime = Morning.AddHours(-1),
        Count = count,
        Index = 7,
        Kind = kind,
        From = new DisclosureEnd { Organisation = OrganisationId.Parse("pohjois-savo"), Sector = SectorId.Parse("health") },
        To = new DisclosureEnd { Organisation = OrganisationId.Parse("kuopio"), Sector = SectorId.Parse("municipal-sports") },
        Purpose = PurposeId.Parse("exercise-counselling"),
        Released = [DataItemId.Parse("exercise-restriction")],
        Rules = [RuleId.Parse("EX-02")],
    };
}
