// Who took part in an event.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Requests;

namespace Sisote.DisclosureLog.Audit;

/// <summary>Agents of one entry.</summary>
public static partial class AuditAgents
{
    internal static AuditReference Gateway { get; } = AuditCodes.Named("Device", "system", "sisote-gateway");

    internal static AuditReference Keeper { get; } = AuditCodes.Named("Device", "system", "sisote-consent");

    /// <summary>Whether this names a part of Sisote that acts or reports in events without standing in the record.</summary>
    public static bool IsOurs(string name) => name == Gateway.Value || name == Keeper.Value;

    /// <summary>A side's system, or its organisation where no system is named; null where neither is.</summary>
    internal static AuditReference? WhoOf(LogParty? party) => party switch
    {
        { System: { } system } => AuditCodes.Named("Device", "system", system.Value),
        { Organisation: { } organisation } => AuditCodes.Named("Organization", "organisation", organisation.Value),
        _ => null,
    };

    /// <summary>The side that asked: who reads, or who sends.</summary>
    internal static LogParty? AskerOf(LogEntry entry) => entry.Direction is Direction.Write or Direction.Notify ? entry.From : entry.To;

    /// <summary>Agents of a disclosure, as BALP's Privacy Disclosure wants them.</summary>
    internal static ImmutableArray<AuditAgent> OfDisclosure(AuditSource source)
    {
        var entry = source.Entry;
        var asker = AskerOf(entry);
        return
        [
            MachineOf(AuditCodes.SourceAgent, entry.From, ReferenceEquals(asker, entry.From)) with { Policies = PoliciesOf(entry.Items.Where(static item => item.Released)) },
            MachineOf(AuditCodes.RecipientAgent, entry.To, ReferenceEquals(asker, entry.To)),
            .. OrganisationOf(AuditCodes.Custodian, entry.From),
            .. OrganisationOf(AuditCodes.Organisation, entry.To),
            .. ProfessionalOf(AuditCodes.Author, entry.From, asker, entry),
            .. ProfessionalOf(AuditCodes.User, entry.To, asker, entry),
            .. AuthorizerOf(source),
        ];
    }

    /// <summary>Agents of a decision, as BALP's AuthZ-Consent wants them, and the side whose data were asked for.</summary>
    internal static ImmutableArray<AuditAgent> OfDecision(LogEntry entry)
    {
        var asker = AskerOf(entry);
        var other = ReferenceEquals(asker, entry.From) ? entry.To : entry.From;
        return
        [
            MachineOf(AuditCodes.ClientApplication, asker, requestor: false) with { Policies = PoliciesOf(entry.Items) },
            UserOf(entry, asker),
            .. OrganisationOf(AuditCodes.Organisation, asker),
            new AuditAgent { Type = AuditCodes.DecisionPoint, Who = Gateway },
            .. other is null ? (AuditAgent[])[] : [MachineOf(ReferenceEquals(other, entry.From) ? AuditCodes.SourceAgent : AuditCodes.RecipientAgent, other, requestor: false)],
            .. OrganisationOf(AuditCodes.Custodian, other),
        ];
    }

    /// <summary>The asking side of an own register's use.</summary>
    internal static ImmutableArray<AuditAgent> OfUse(LogEntry entry) =>
    [
        MachineOf(AuditCodes.RecipientAgent, entry.To, requestor: false) with { Policies = PoliciesOf(entry.Items.Where(static item => item.Released)) },
        UserOf(entry, entry.To),
        .. OrganisationOf(AuditCodes.Custodian, entry.From),
    ];

    /// <summary>Those whom a change concerns; the client is the one who gives or withdraws a consent.</summary>
    internal static ImmutableArray<AuditAgent> OfChange(AuditSource source, bool byClient)
    {
        var entry = source.Entry;
        ImmutableArray<AuditAgent> agents =
        [
            .. byClient && source.Client is { } client ? (AuditAgent[])[new AuditAgent { Type = AuditCodes.Subject, Who = client, Requestor = true }] : [],
            .. Concerned(AuditCodes.SourceAgent, entry.From),
            .. Concerned(AuditCodes.RecipientAgent, entry.To),
            .. ProfessionalOf(AuditCodes.User, entry.To, asker: null, entry),
        ];
        return agents.IsEmpty ? [new AuditAgent { Type = AuditCodes.ClientApplication, Who = Keeper }] : agents;
    }

    /// <summary>Who looked into the log.</summary>
    internal static ImmutableArray<AuditAgent> OfReading(LogEntry entry) => entry.To is { System: not null }
        ? [MachineOf(AuditCodes.ClientApplication, entry.To, requestor: true)]
        : [UserOf(entry, entry.To), .. OrganisationOf(AuditCodes.Organisation, entry.To)];

    private static AuditAgent MachineOf(AuditCoding type, LogParty? party, bool requestor) => new()
    {
        Type = type,
        Who = WhoOf(party),
        Machine = WhoOf(party)?.Value,
        Requestor = requestor && party?.Professional is null,
    };

    private static AuditAgent[] Concerned(AuditCoding type, LogParty? party) => WhoOf(party) is { } who ? [new AuditAgent { Type = type, Who = who }] : [];

    private static AuditAgent[] OrganisationOf(AuditCoding type, LogParty? party) => party?.Organisation is { } organisation
        ? [new AuditAgent { Type = type, Who = AuditCodes.Named("Organization", "organisation", organisation.Value) }]
        : [];

    private static AuditAgent[] ProfessionalOf(AuditCoding type, LogParty? party, LogParty? asker, LogEntry entry) => NameOf(party) is { } who
        ? [new AuditAgent { Type = type, Who = who, Role = RoleOf(party), Requestor = asker is not null && ReferenceEquals(asker, party), Purpose = PurposeOf(entry) }]
        : [];

    /// <summary>The person behind the asking side; the side itself where no person is named.</summary>
    private static AuditAgent UserOf(LogEntry entry, LogParty? asker) =>
        new() { Type = AuditCodes.User, Who = NameOf(asker) ?? WhoOf(asker), Role = RoleOf(asker), Requestor = true, Purpose = PurposeOf(entry) };

    private static AuditAgent[] AuthorizerOf(AuditSource source) => source is { Client: { } client, Entry.Items: var items } && items.Any(static item => item.Released && !item.Consents.IsEmpty)
        ? [new AuditAgent { Type = AuditCodes.Authorizer, Who = client }]
        : [];

    private static AuditReference? NameOf(LogParty? party) => party is { Professional: { } professional }
        ? AuditCodes.Named("Practitioner", party.Organisation is { } organisation ? $"professional/{organisation.Value}" : "professional", professional.Value)
        : null;

    private static AuditCoding? RoleOf(LogParty? party) => party?.Role is { } role ? AuditCodes.Own("role", role.Value) : null;

    internal static AuditCoding? PurposeOf(LogEntry entry) => entry.Purpose is { } purpose ? AuditCodes.Own("purpose", purpose.Value) : null;

    /// <summary>Rules, and the statutes they cite; sections stand with the items.</summary>
    private static ImmutableArray<string> PoliciesOf(IEnumerable<LogItem> items)
    {
        var all = items.ToList();
        return
        [
            .. all.Select(static item => item.Rule).OfType<Sisote.Policy.Ids.RuleId>().Distinct().Select(static rule => AuditCodes.Identifiers + "rule/" + rule.Value),
            .. all.SelectMany(static item => item.Basis).Select(static basis => basis.Statute).Distinct().Select(UriOf),
        ];
    }

    /// <summary>The European Legislation Identifier of a Finnish statute; another one under a name of ours.</summary>
    private static string UriOf(string statute) => FinnishStatute().Match(statute) is { Success: true } match
        ? string.Create(CultureInfo.InvariantCulture, $"http://data.finlex.fi/eli/sd/{match.Groups["year"].Value}/{match.Groups["number"].Value}")
        : AuditCodes.Identifiers + "statute/" + Uri.EscapeDataString(statute);

    [GeneratedRegex("^(?<number>[1-9][0-9]{0,4})/(?<year>[12][0-9]{3})$")]
    private static partial Regex FinnishStatute();
}
