// Whether a row can be taken as it was said.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sisote.Consent.Phenomena;
using Sisote.Doors.Network;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Network;

/// <summary>What is wrong with a row: the outcome and the member at fault.</summary>
internal readonly record struct NetworkFault(NetworkOutcome Outcome, string Field);

/// <summary>Looks at rows before they are written. Categories, and whose number in the Soteri register must be there, stand in the catalogue's code lists.</summary>
internal sealed partial class NetworkChecks(LegalCatalogue catalogue, Deployment deployment)
{
    private const string Categories = "sisote-offer-category-vs";
    private const string Registered = "sisote-soteri-vs";
    private const int LongestText = 1000;
    private const int LongestName = 100;
    private const int LongestMandate = 200;
    private const int MostPlaces = 10_000;
    private const int MostInAList = 400;

    private static readonly string[] Levels = ["open", "beginner", "intermediate", "advanced"];
    private static readonly string[] Channels = ["in-person", "phone", "online"];
    private static readonly string[] GroupLevels = ["municipal", "county", "national"];

    /// <summary>What is wrong with a unit.</summary>
    public NetworkFault? FaultOf(UnitSaid unit) => First(
        Said("name", unit.Name),
        Said("task", unit.Task),
        Said("referral", unit.Referral),
        Short("basis", unit.Basis, LongestName),
        Place(unit.Municipality),
        Days(unit.FirstDay, unit.LastDay));

    /// <summary>What is wrong with a contact.</summary>
    public NetworkFault? FaultOf(ContactSaid contact) => First(
        FreshId.Is(contact.Unit) ? null : Malformed("unit"),
        Short("name", contact.Name, LongestName),
        Said("office", contact.Office),
        contact is { Phone: null, Mail: null } || (contact.Phone is { } phone && !Phone().IsMatch(phone)) ? Malformed("phone") : null,
        contact.Mail is { } mail && !Mail().IsMatch(mail) ? Malformed("mail") : null,
        Short("phone", contact.Phone ?? "-", LongestName),
        Short("mail", contact.Mail ?? "-", LongestName),
        Days(contact.FirstDay, contact.LastDay));

    /// <summary>What is wrong with an offer of a system's sector.</summary>
    public NetworkFault? FaultOf(OfferSaid offer, SectorId sector) => First(
        Said("name", offer.Name),
        CodesOf(Categories).Contains(offer.Category) ? null : Malformed("category"),
        Levels.Contains(offer.Level) ? null : Malformed("level"),
        Said("eligibility", offer.Eligibility),
        Places(offer.FreePlaces),
        Place(offer.Municipality),
        Said("place", offer.Place),
        Said("times", offer.Times),
        Channels.Contains(offer.Channel) ? null : Malformed("channel"),
        offer.Languages.IsDefaultOrEmpty || offer.Languages.Length > MostInAList || offer.Languages.Any(static language => !Language().IsMatch(language)) ? Malformed("languages") : null,
        offer.Unit is { } unit && !FreshId.Is(unit) ? Malformed("unit") : null,
        offer.Soteri is { } number && !Soteri().IsMatch(number) ? Malformed("soteri") : null,
        offer.Soteri is { } other ? Short("soteri", other, LongestName) : null,
        offer.Soteri is null && (CodesOf(Registered).Contains(sector.Value) || CodesOf(Registered).Contains(offer.Category)) ? new NetworkFault(NetworkOutcome.NotRegistered, "soteri") : null,
        Days(offer.FirstDay, offer.LastDay));

    /// <summary>What is wrong with a number of free places.</summary>
    public static NetworkFault? Places(int? free) => free is < 0 or > MostPlaces ? Malformed("freePlaces") : null;

    /// <summary>What is wrong with a group.</summary>
    public NetworkFault? FaultOf(GroupSaid group) => First(
        Said("name", group.Name),
        deployment.FindOrganisation(group.Convener) is null ? Malformed("convener") : null,
        GroupLevels.Contains(group.Level) ? null : Malformed("level"),
        Short("mandate", group.Mandate, LongestMandate),
        group.Tasks.IsDefaultOrEmpty || group.Tasks.Length > MostInAList ? Malformed("tasks") : null,
        group.Tasks.IsDefaultOrEmpty ? null : First([.. group.Tasks.Select(static task => Said("tasks", task))]),
        group.Area.IsDefault || group.Area.Length > MostInAList || group.Area.Any(static one => !IsPlace(one)) || group.Area.Distinct().Count() != group.Area.Length ? Malformed("area") : null,
        group.Members.IsDefault || group.Members.Length > MostInAList || group.Members.Any(member => !IsMember(member, group)) ? Malformed("members") : null,
        Days(group.FirstDay, group.LastDay));

    /// <summary>A professional is named by a code, from an organisation that is known, and speaks for a municipality of the area.</summary>
    private bool IsMember(GroupMember member, GroupSaid group) =>
        deployment.FindOrganisation(member.Organisation) is not null && !Hetu.IsIn(member.Professional.Value)
        && (member.Municipality is null || group.Area.Contains(member.Municipality)) && Days(member.FirstDay, member.LastDay) is null;

    private IEnumerable<string> CodesOf(string list) => catalogue.CodeLists.TryGetValue(list, out var codes) ? codes.Codes.Keys : [];

    private static NetworkFault? First(params ReadOnlySpan<NetworkFault?> faults)
    {
        foreach (var fault in faults)
        {
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static NetworkFault? Said(string field, Wording wording) => wording.All().ToArray() is not { Length: > 0 } texts ? Malformed(field)
        : First([.. texts.Select(text => Short(field, text, LongestText))]);

    /// <summary>INVARIANT: no text holds a national identifier.</summary>
    private static NetworkFault? Short(string field, string text, int longest) =>
        !SaidText.IsSound(text, longest) ? Malformed(field)
        : PlainText.HoldsIdentityCode(text) ? new NetworkFault(NetworkOutcome.NamesAPerson, field)
        : null;

    private static NetworkFault? Place(string? municipality) => municipality is null || IsPlace(municipality) ? null : Malformed("municipality");

    /// <summary>INVARIANT: no code is a national identifier.</summary>
    private static bool IsPlace(string code) => Code().IsMatch(code) && !Hetu.IsIn(code);

    private static NetworkFault? Days(DateOnly? first, DateOnly? last) => last < first ? Malformed("lastDay") : null;

    private static NetworkFault Malformed(string field) => new(NetworkOutcome.Malformed, field);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\A\+?[0-9][0-9 -]{3,30}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\A[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z")]
    private static partial Regex Mail();

    [GeneratedRegex(@"\A[a-z]{2,3}\z")]
    private static partial Regex Language();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}\z")]
    private static partial Regex Soteri();
}
