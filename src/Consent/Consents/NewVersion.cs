// A consent as it was said becomes a version.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Whether a version closes, and whose data it opens; null = any.</summary>
internal sealed record ConsentOpening(bool Closes, ImmutableArray<OrganisationId>? Sources);

/// <summary>Makes versions of what comes in at the doors.</summary>
internal static class NewVersion
{
    /// <summary>The version that a command would make.</summary>
    public static ConsentVersion Of(ConsentGiving giving, int number, WhoConsents giver, ClientFacts facts, DateTimeOffset now, ConsentOpening opening) => new()
    {
        Client = giving.Whose,
        Identity = giving.Identity,
        Record = Record(giving, number, now, opening) with { To = EndOf(giving, facts, now) },
        What = giving.Draft ? ConsentVersion.Drafted : number > 1 ? ConsentVersion.Changed : ConsentVersion.Given,
        At = now,
        TextLanguage = giving.Terms.TextLanguage,
        TextVersion = giving.Terms.TextVersion,
        How = giving.Way.ToWord(),
        Evidence = new ConsentEvidence
        {
            Reference = giving.Reference,
            Authority = giving.Authority,
            RecordedFor = giving.Recorder?.Organisation,
            Case = giving.Terms.Case,
            CapacityDecisions = giver.CapacityDecisions,
            Guardians = giving.Guardian is { } mark ? [mark] : null,
        },
        RecordedBy = giving.Recorder?.Professional,
        EntryId = Guid.CreateVersion7().ToString("N"),
    };

    /// <summary>A draft that is given now.</summary>
    public static ConsentVersion OfDraft(ConsentVersion draft, ConsentStep step, DateTimeOffset now)
    {
        var given = draft.Next(ConsentVersion.Given, ConsentStatus.Active, now);
        return given with
        {
            Record = given.Record with { From = now, Written = step.Way == ConsentWay.Paper },
            How = step.Way.ToWord(),
            RecordedBy = step.Recorder?.Professional,
            Evidence = draft.Evidence with { Reference = step.Reference ?? draft.Evidence.Reference },
        };
    }

    /// <summary>A draft to which a guardian adds a word: given where none is missing any more, else a draft still; null where the word stands there already and is not enough.</summary>
    public static ConsentVersion? ByGuardian(ConsentVersion draft, ActingStep guardian, DateTimeOffset now)
    {
        ImmutableArray<string> before = draft.Evidence.Guardians ?? [];
        var words = before.Contains(guardian.Mark) ? before : before.Add(guardian.Mark);
        var isComplete = guardian.Needed.IsSubsetOf(words);
        return !isComplete && words.Length == before.Length ? null
            : (isComplete ? draft.Next(ConsentVersion.Given, ConsentStatus.Active, now) : draft.Next(ConsentVersion.Drafted, ConsentStatus.Draft, now)) is var next
                ? next with { Record = next.Record with { From = now }, How = ConsentWay.SignedIn.ToWord(), RecordedBy = null, Evidence = draft.Evidence with { Guardians = words } }
                : null;
    }

    /// <summary>What a version on record says.</summary>
    public static ConsentTerms TermsOf(ConsentVersion version) => new GiveConsent
    {
        Id = version.Record.Id,
        Form = version.Record.Form,
        Items = version.Record.Items,
        RecipientSector = version.Record.RecipientSector!.Value,
        RecipientOrganisation = version.Record.RecipientOrganisation!.Value,
        RecipientRole = version.Record.RecipientRole,
        RecipientSystem = version.Record.RecipientSystem,
        RecipientPerson = version.Record.RecipientPerson,
        Purpose = version.Record.Purpose!.Value,
        TextLanguage = version.TextLanguage,
        TextVersion = version.TextVersion,
    };

    /// <summary>Whether a repeated command says what the newest version says.</summary>
    public static bool IsSame(ConsentVersion kept, ConsentVersion asked) =>
        kept.How == asked.How
        && Bare(kept.Evidence) == Bare(asked.Evidence)
        && (kept.TextLanguage, kept.TextVersion) == (asked.TextLanguage, asked.TextVersion)
        && kept.Record.Items.SequenceEqual(asked.Record.Items)
        && SameSources(kept.Record, asked.Record)
        && kept.Record with { Version = 0, From = default, Items = [], SourceOrganisations = null } == asked.Record with { Version = 0, From = default, Items = [], SourceOrganisations = null };

    /// <summary>Organisations in the one order in which they are kept.</summary>
    public static ImmutableArray<OrganisationId> Ordered(IEnumerable<OrganisationId> organisations) =>
        [.. organisations.Distinct().OrderBy(static organisation => organisation.Value, StringComparer.Ordinal)];

    /// <summary>Whether two name the same sources.</summary>
    public static bool SameSources(ConsentRecord one, ConsentRecord other) =>
        one.SourceOrganisations is { } these ? other.SourceOrganisations is { } those && these.SequenceEqual(those) : other.SourceOrganisations is null;

    private static ConsentEvidence Bare(ConsentEvidence evidence) => evidence with { CapacityDecisions = [], Guardians = null };

    private static ConsentRecord Record(ConsentGiving giving, int version, DateTimeOffset now, ConsentOpening opening) => new()
    {
        Id = giving.Terms.Id,
        Version = version,
        Form = giving.Terms.Form,
        Type = opening.Closes ? ConsentType.Prohibition : ConsentType.Permit,
        Status = giving.Draft ? ConsentStatus.Draft : ConsentStatus.Active,
        Items = [.. giving.Terms.Items.Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)],
        RecipientSector = giving.Terms.RecipientSector,
        RecipientRole = giving.Terms.RecipientRole,
        RecipientOrganisation = giving.Terms.RecipientOrganisation,
        RecipientSystem = giving.Terms.RecipientSystem,
        RecipientPerson = giving.Terms.RecipientPerson,
        SourceOrganisations = opening.Sources,
        Purpose = giving.Terms.Purpose,
        From = now,
        GivenBy = giving.GivenBy,
        Written = giving.Way == ConsentWay.Paper && !giving.Draft,
    };

    /// <summary>What a guardian gave, alone or with the client, ends when the client comes of age: then the client is asked.</summary>
    private static DateTimeOffset? EndOf(ConsentGiving giving, ClientFacts facts, DateTimeOffset now)
    {
        var named = giving.Terms.To is { } to ? CanonicalTime.Cut(to) : (DateTimeOffset?)null;
        var ofAge = giving.GivenBy is "guardian" or "guardians" or "client-and-guardian" && WhoConsents.EndOfMinority(facts, now) is { } end ? CanonicalTime.Cut(end) : (DateTimeOffset?)null;
        return ofAge is not null && !(named < ofAge) ? ofAge : named;
    }
}
