// Reads a case from one line of JSON.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Cases;

/// <summary>Reads the engine-neutral format of decision cases (one JSON object per line).</summary>
public sealed class DecisionCaseReader(LegalCatalogue catalogue)
{
    private const int AdultByDefault = 40;
    private const int OldestAge = 150;

    /// <summary>Reads one case.</summary>
    /// <exception cref="FormatException">The line is not a case; the message names the field.</exception>
    public DecisionCase Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"Not JSON: {fault.Message}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new FormatException("A text holds half of a surrogate pair.", fault); // the one thing in valid JSON that is no text
        }
    }

    private DecisionCase Read(JsonElement element)
    {
        var unknown = new List<string>();
        var root = CaseObject.Root(element, unknown);
        root.Ignore("title", "tags", "why", "change");
        var asOf = root.Instant("asOf", noon: true) ?? throw new FormatException("`asOf` is missing.");
        var request = root.Object("request") ?? throw new FormatException("`request` is missing.");
        var stated = ReadStated(root.Object("facts"), request);
        var names = request.Texts("items");
        var result = new DecisionCase
        {
            Id = root.Require("id"),
            AsOf = asOf,
            Targets = root.Texts("targets"),
            PairOf = root.Text("pairOf"),
            Request = ReadRequest(request, names, stated),
            ItemNames = names,
            State = new ConsentState
            {
                Client = default,
                Revision = 1,
                AgreementsRevision = 1,
                Facts = ReadClient(root.Object("client"), asOf, stated),
                Consents = [.. root.Objects("consents").Select(ReadConsent)],
            },
            Stated = new StatedConditions(stated),
            Expect = root.Object("expect") is { } expect ? CaseExpectations.Read(expect) : null,
        };
        request.Close();
        root.Close();
        return result with { UnknownFields = [.. unknown] };
    }

    private AccessRequest ReadRequest(CaseObject request, ImmutableArray<string> items, List<StatedCondition> stated) => new()
    {
        From = new Party
        {
            Sector = Safe<SectorId>(request.Text("fromSector")),
            Role = Safe<RoleId>(request.Text("fromRole")),
            Organisation = Named<OrganisationId>(request.Text("fromOrg")),
            Professional = Named<ProfessionalId>(request.Text("fromPerson")),
        },
        To = new Party
        {
            Sector = Safe<SectorId>(request.Text("toSector")),
            Role = Safe<RoleId>(request.Text("toRole")),
            Organisation = Named<OrganisationId>(request.Text("toOrg")),
            Professional = Named<ProfessionalId>(request.Text("toPerson")),
            Actor = request.Text("toActor"),
        },
        Direction = request.Require("direction") switch
        {
            "read" => Direction.Read,
            "write" => Direction.Write,
            "notify" => Direction.Notify,
            var other => throw new FormatException($"`request.direction` is `{other}`, must be read, write or notify."),
        },
        Purpose = Named<PurposeId>(request.Text("purpose")),
        Items = [.. items.Select(static item => Safe<DataItemId>(item))],
        ItemTags = ReadTags(request.Object("itemTags")),
        Channel = ReadChannel(request, stated),
        Atomic = request.Flag("atomic") ?? request.Text("direction") == "write",
    };

    /// <summary>An unsaid channel is a standing interface between authorities; to anybody else, or where the case states so, it is a single act.</summary>
    private Channel ReadChannel(CaseObject request, List<StatedCondition> stated) => request.Text("channel") switch
    {
        "standing-api" => Channel.StandingApi,
        "single-view" => Channel.SingleView,
        "single-message" => Channel.SingleMessage,
        "client-handover" => Channel.ClientHandover,
        null => stated
            .Select(condition => catalogue.Conditions.GetValueOrDefault(condition.Condition))
            .SelectMany(static condition => condition?.EvaluatedFrom.OfType<EvidenceSource.ByChannel>() ?? [])
            .Select(static source => source.Channels[0])
            .FirstOrDefault(IsToNonAuthority(Safe<SectorId>(request.Text("toSector"))) ? Channel.SingleMessage : Channel.StandingApi),
        var channel => throw new FormatException($"`request.channel` is `{channel}`, must be standing-api, single-view, single-message or client-handover."),
    };

    /// <summary>The sectors to which the catalogue knows a never rule against standing interfaces.</summary>
    private bool IsToNonAuthority(SectorId sector) =>
        catalogue.Prohibitions.Values.Any(never => never.Channels.Contains(Channel.StandingApi) && never.ToSectors.Contains(sector));

    private static List<StatedCondition> ReadStated(CaseObject? facts, CaseObject request)
    {
        var stated = new List<StatedCondition>();
        if (facts is null)
        {
            return stated;
        }

        stated.AddRange(facts.Texts("conditions").Select(static condition => new StatedCondition(Safe<ConditionId>(condition))));
        foreach (var dated in facts.Objects("dated"))
        {
            var condition = Safe<ConditionId>(dated.Require("condition"));
            var ended = dated.Text("status") is not ("active" or "accepted");
            if (!BindsBoth(dated.Texts("parties"), request))
            {
                continue;
            }

            stated.Add(new StatedCondition(condition, dated.Instant("from"), dated.Instant("to", end: true), dated.Text("id"), ended));
        }

        facts.Close();
        return stated;
    }

    /// <summary>An agreement that names its parties holds only between them.</summary>
    private static bool BindsBoth(ImmutableArray<string> parties, CaseObject request) =>
        parties.IsEmpty || new[] { request.Text("fromOrg"), request.Text("toOrg") }.All(organisation => organisation is null || parties.Contains(organisation));

    private static ImmutableDictionary<DataItemId, ImmutableArray<string>> ReadTags(CaseObject? tags) =>
        tags is null ? ImmutableDictionary<DataItemId, ImmutableArray<string>>.Empty : tags.Names.ToImmutableDictionary(Safe<DataItemId>, tags.Texts);

    private ClientFacts ReadClient(CaseObject? client, DateTimeOffset asOf, List<StatedCondition> stated)
    {
        if (client is null)
        {
            return new ClientFacts { SafetyProhibition = false, BirthDate = BirthDate(null, asOf, stated) };
        }

        var facts = new ClientFacts
        {
            BirthDate = BirthDate(client, asOf, stated),
            SafetyProhibition = client.Flag("turvakielto") ?? false,
            GuardianSafetyProhibition = client.Flag("guardianTurvakielto") ?? false,
            GuardianBar = client.Flag("guardianBar") ?? false,
            GuardianBars = client.Texts("guardianBars") is { IsEmpty: false } bars ? bars : null,
            Deceased = client.Flag("deceased") ?? false,
            CompulsoryAge = client.Flag("compulsoryAge"),
            SchoolForm = client.Text("schoolForm"),
            Capacity = client.Object("capacity") is { } capacity ? [ReadCapacity(capacity)] : [],
        };
        client.Close();
        return facts;
    }

    private static CapacityDecision ReadCapacity(CaseObject capacity)
    {
        capacity.Ignore("meaning");
        var decision = new CapacityDecision
        {
            Code = capacity.Require("code"),
            Context = capacity.Text("context") ?? string.Empty,
            From = capacity.Instant("from"),
            To = capacity.Instant("to", end: true),
        };
        capacity.Close();
        return decision;
    }

    private DateOnly? BirthDate(CaseObject? client, DateTimeOffset asOf, List<StatedCondition> stated)
    {
        var today = FinnishTime.DateOf(asOf);
        if (client?.Instant("birthDate") is { } born)
        {
            client.Ignore("age", "hetu");
            return FinnishTime.DateOf(born);
        }

        if (client?.Text("hetu") is { } hetu)
        {
            client.Ignore("age");
            return Hetu.Parse(hetu).BirthDate;
        }

        if ((client?.Number("age") ?? AgeBy(stated)) is not { } age)
        {
            return null;
        }

        return age is >= 0 and <= OldestAge && age < today.Year ? today.AddYears(-age) : throw new FormatException($"`client.age` must be 0 to {OldestAge}.");
    }

    /// <summary>Where a case is silent on age it does not matter: a grown-up, unless a stated condition says younger.</summary>
    private int? AgeBy(List<StatedCondition> stated)
    {
        var limits = stated
            .Select(condition => catalogue.Conditions.GetValueOrDefault(condition.Condition))
            .SelectMany(static condition => condition?.EvaluatedFrom.OfType<EvidenceSource.Age>() ?? [])
            .Where(static source => source.Below)
            .Select(static source => source.Years)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
        return limits <= MinorsConsent.FullAge ? null : Math.Min(limits - 1, AdultByDefault);
    }

    private static ConsentRecord ReadConsent(CaseObject consent)
    {
        var items = consent.Texts("items");
        var record = new ConsentRecord
        {
            Id = consent.Require("id"),
            Version = consent.Number("version") ?? 1,
            Form = Safe<ConsentFormId>(consent.Require("form")),
            Type = consent.Text("type") == "prohibition" ? ConsentType.Prohibition : ConsentType.Permit,
            Status = ReadStatus(consent.Text("status")),
            AllItems = items.Contains("*"),
            Items = [.. items.Where(static item => item != "*").Select(static item => Safe<DataItemId>(item))],
            SourceOrganisations = consent.Texts("sourceOrgs") is { IsEmpty: false } sources ? [.. sources.Select(static source => Safe<OrganisationId>(source))] : null,
            RecipientSector = Starred<SectorId>(consent.Text("recipientSector")),
            RecipientRole = Starred<RoleId>(consent.Text("recipientRole")),
            RecipientOrganisation = Starred<OrganisationId>(consent.Text("recipientOrg")),
            RecipientPerson = Starred<ProfessionalId>(consent.Text("recipientPerson")),
            Purpose = Starred<PurposeId>(consent.Text("purpose")),
            From = consent.Instant("from") ?? DateTimeOffset.MinValue,
            To = consent.Instant("to", end: true),
            GivenBy = consent.Text("by") ?? "client",
            Written = consent.Flag("written") ?? false,
        };
        consent.Close();
        return record;
    }

    private static ConsentStatus ReadStatus(string? status) => status switch
    {
        null or "active" => ConsentStatus.Active,
        "withdrawn" => ConsentStatus.Withdrawn,
        "expired" => ConsentStatus.Expired,
        "superseded" => ConsentStatus.Superseded,
        _ => ConsentStatus.Draft,
    };

    private static TCode? Starred<TCode>(string? text)
        where TCode : struct, ICode<TCode> =>
        text == "*" ? null : Named<TCode>(text);

    private static TCode? Named<TCode>(string? text)
        where TCode : struct, ICode<TCode> =>
        text is null ? null : Safe<TCode>(text);

    /// <summary>Names on paper may hold anything; as a code every foreign character becomes its number, so that two names never become one.</summary>
    private static TCode Safe<TCode>(string? text)
        where TCode : struct, ICode<TCode>
    {
        if (TCode.TryParse(text, out var code))
        {
            return code;
        }

        var spelled = string.Concat((text is null or "" ? "none" : text).Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : $".{(int)letter:x}."));
        return TCode.Parse(spelled.Length <= 64 ? spelled : spelled[..64]);
    }
}
