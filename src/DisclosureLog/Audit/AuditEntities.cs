// What an event was about.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Decisions;

namespace Sisote.DisclosureLog.Audit;

/// <summary>Entities of one entry. Documents are named by the handle that their recipient knows, items by their codes.</summary>
internal static class AuditEntities
{
    internal static ImmutableArray<AuditEntity> OfDisclosure(AuditSource source) =>
    [
        .. PatientOf(source),
        .. source.Entry.Items.Where(static item => item.Released).Select(OfItem),
        .. source.Entry.Resources.Select(resource => OfResource(resource, source.Entry)),
        .. ConsentsOf(source.Entry.Items.Where(static item => item.Released)).Select(consent => OfConsent(consent, [])),
        .. CallOf(source),
    ];

    /// <summary>The profile knows the patient and the consents only (its list of entities is closed), so the call and the entry stand as details of the consents.</summary>
    internal static ImmutableArray<AuditEntity> OfConsentDecision(AuditSource source)
    {
        ImmutableArray<AuditDetail> call =
        [
            new("X-Request-Id", source.Entry.CorrelationId), new("log-entry", source.Entry.Id), new("log-index", source.Index.ToString(CultureInfo.InvariantCulture)),
        ];
        return [.. PatientOf(source), .. ConsentsOf(source.Entry.Items).Select(consent => OfConsent(consent, [.. ItemsOn(source.Entry, consent), .. call]))];
    }

    internal static ImmutableArray<AuditEntity> OfDecision(AuditSource source) =>
        [.. PatientOf(source), .. source.Entry.Items.Select(item => source.IsDim && !item.Released ? OfItem(item) with { Details = [new("outcome", "withheld")] } : OfItem(item)), .. ConsentsOf(source.Entry.Items).Select(consent => OfConsent(consent, [])), .. CallOf(source)];

    internal static ImmutableArray<AuditEntity> OfChange(AuditSource source, string kind) =>
        [.. PatientOf(source), .. ConcernedOf(source.Entry, kind), .. source.Entry.Items.Select(static item => OfItem(item) with { Details = [] }), .. CallOf(source)];

    /// <summary>What was looked for, in the words of the filter; it never names a person.</summary>
    internal static ImmutableArray<AuditEntity> OfReading(AuditSource source) =>
        [.. PatientOf(source), new AuditEntity { Type = AuditCodes.Thing, Role = AuditCodes.SecurityResource, Description = source.Entry.Concerns ?? "all" }, .. CallOf(source)];

    internal static ImmutableArray<ConsentReference> ConsentsOf(IEnumerable<LogItem> items) => [.. items.SelectMany(static item => item.Consents).Distinct()];

    private static AuditEntity[] PatientOf(AuditSource source) =>
        source.Client is { } client ? [new AuditEntity { Type = AuditCodes.Person, Role = AuditCodes.Patient, What = client }] : [];

    private static AuditEntity OfItem(LogItem item) => new()
    {
        Type = AuditCodes.Thing,
        Role = AuditCodes.DomainResource,
        What = AuditCodes.Named("Basic", "item", item.Item.Value),
        Details =
        [
            new("outcome", item.Released ? "released" : item.Reason is null ? "permitted" : "withheld"),
            .. Detail("rule", item.Rule?.Value),
            .. item.Basis.Select(static basis => new AuditDetail("basis", $"{basis.Statute} {basis.Section}")),
            .. item.Conditions.Select(static condition => condition.Condition.Value).Distinct().Select(static condition => new AuditDetail("condition", condition)),
            .. Detail("reason", item.Reason is { } reason ? EntryCodes.Of(reason) : null),
            .. Detail("prohibition", item.Prohibition?.Value),
            .. Detail("missing-condition", item.MissingCondition?.Value),
            .. item.Masked.Select(static element => new AuditDetail("masked", element)),
            .. item.Withheld.Select(static kept => new AuditDetail("withheld-in-some-documents", EntryCodes.Of(kept.Reason))),
        ],
    };

    private static AuditEntity OfResource(LogResource resource, LogEntry entry) => new()
    {
        Type = AuditCodes.Thing,
        Role = AuditCodes.Report,
        What = AuditCodes.Named(resource.Type, entry.To?.System is { } recipient ? $"handle/{recipient.Value}" : "handle", resource.Handle),
    };

    private static AuditEntity OfConsent(ConsentReference consent, ImmutableArray<AuditDetail> more) => new()
    {
        Type = AuditCodes.Consent,
        What = AuditCodes.Named("Consent", "consent", consent.Id),
        Details = [new("version", consent.Version.ToString(CultureInfo.InvariantCulture)), new("form", consent.Form.Value), .. more],
    };

    private static IEnumerable<AuditDetail> ItemsOn(LogEntry entry, ConsentReference consent) =>
        entry.Items.Where(item => item.Consents.Contains(consent)).Select(static item => new AuditDetail("item", item.Item.Value));

    private static AuditEntity[] ConcernedOf(LogEntry entry, string kind) => entry.Concerns is { } concerned
        ? [new AuditEntity { Type = AuditCodes.Thing, Role = AuditCodes.DomainResource, What = AuditCodes.Named(kind == "consent" ? "Consent" : "Basic", kind, concerned) }]
        : [];

    /// <summary>The call, the entry itself, and the entry it belongs to: the way from an AuditEvent to the record and its proof.</summary>
    private static AuditEntity[] CallOf(AuditSource source) =>
    [
        new AuditEntity { Type = AuditCodes.RequestId, What = AuditCodes.Named("Basic", "request", source.Entry.CorrelationId) },
        new AuditEntity
        {
            Type = AuditCodes.Thing,
            Role = AuditCodes.SecurityResource,
            What = AuditCodes.Named("Basic", "log-entry", source.Entry.Id),
            Details =
            [
                new("log-index", source.Index.ToString(CultureInfo.InvariantCulture)),
                .. Detail("relates", source.Entry.Relates),
                .. Detail("catalogue", source.Entry.Catalogue?.Value),
                .. Detail("age-class", source.Entry.AgeClass),
            ],
        },
    ];

    private static AuditDetail[] Detail(string type, string? value) => value is null ? [] : [new(type, value)];
}
