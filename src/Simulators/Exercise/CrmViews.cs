// What a counsellor sees on the product's own screens.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Simulators.Exercise;

/// <summary>A row of the counsellor's work list. Finnish: työjono.</summary>
internal sealed record WorkListRow(
    [property: JsonPropertyName("laheteId")] string ReferralId,
    [property: JsonPropertyName("asiakas")] string Customer,
    [property: JsonPropertyName("tila")] string State,
    [property: JsonPropertyName("palvelu")] string Programme,
    [property: JsonPropertyName("saapunut")] DateTimeOffset Arrived,
    [property: JsonPropertyName("lahettaja")] string Sender,
    [property: JsonPropertyName("ohjaaja")] string? Counsellor);

/// <summary>One referral with everything around it, labels in place of codes. Finnish: lähetekortti.</summary>
internal sealed record ReferralCard(
    [property: JsonPropertyName("lahete")] WorkListRow Referral,
    [property: JsonPropertyName("ohje")] string? Instruction,
    [property: JsonPropertyName("yhteystiedot")] Customer Customer,
    [property: JsonPropertyName("rajoitteet")] ImmutableArray<string> Limits,
    [property: JsonPropertyName("tavoitteet")] ImmutableArray<Goal> Goals,
    [property: JsonPropertyName("suunnitelmat")] ImmutableArray<Plan> Plans,
    [property: JsonPropertyName("kaynnit")] ImmutableArray<Visit> Visits,
    [property: JsonPropertyName("mittaukset")] ImmutableArray<Measurement> Measurements);

/// <summary>The screens: the work list and a referral's card.</summary>
internal static class CrmViews
{
    /// <summary>Open referrals, newest first.</summary>
    public static ImmutableArray<WorkListRow> WorkList(CrmBook book) =>
        [.. book.Rows<Referral>(static row => row.State is "saapunut" or "hyvaksytty" or "kaynnissa" or "tauolla").Reverse().Select(row => ToRow(book, row))];

    /// <summary>A referral's card, or null.</summary>
    public static ReferralCard? Card(CrmBook book, string referralId)
    {
        if (book.Row<Referral>(referralId) is not { } referral)
        {
            return null;
        }

        return new ReferralCard(
            ToRow(book, referral),
            referral.Instruction,
            book.Row<Customer>(referral.CustomerId)!,
            [.. book.Rows<Limit>(row => row.CustomerId == referral.CustomerId).Select(static row => CrmCodes.Limits[row.Code])],
            book.Rows<Goal>(row => row.CustomerId == referral.CustomerId),
            book.Rows<Plan>(row => row.CustomerId == referral.CustomerId),
            book.Rows<Visit>(row => row.CustomerId == referral.CustomerId),
            book.Rows<Measurement>(row => row.CustomerId == referral.CustomerId));
    }

    private static WorkListRow ToRow(CrmBook book, Referral referral)
    {
        var customer = book.Row<Customer>(referral.CustomerId)!;
        return new WorkListRow(
            referral.Id,
            $"{customer.FamilyName} {customer.GivenNames}",
            CrmCodes.ReferralStates[referral.State],
            CrmCodes.Programmes[referral.Programme],
            referral.Arrived,
            referral.Sender.OrganisationName,
            referral.Counsellor);
    }
}
