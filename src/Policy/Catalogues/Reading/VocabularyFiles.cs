// Reads the small vocabularies: consent forms, minors' policy, code lists.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues.Reading;

internal static class VocabularyFiles
{
    internal static ConsentForm ConsentForm(string code, YamlMap map) => new()
    {
        Id = ConsentFormId.Parse(code),
        Labels = map.Localised("labels"),
        Statute = map.Text("statute"),
        Itemised = map.Flag("itemised"),
        SignedIn = map.Flag("signedIn"),
        Written = map.Flag("written"),
        Recorded = Ways(map),
        Narrows = map.OptionalCode<ConsentFormId>("narrows", Vocabulary.ConsentForm),
        Validity = map.OneOf("validity", "until-revoked", "purpose-or-date", "case", "single-use", "service-period"),
    };

    internal static MinorsPolicy MinorsPolicy(string code, YamlMap map) => new()
    {
        Context = code,
        Labels = map.Localised("labels"),
        CapacityContext = map.OptionalText("capacityContext") ?? code,
        AssumedNotAbleBelow = map.Number("assumedNotAbleBelow"),
        Assessor = map.OptionalLocalised("assessor"),
        AssessorRoles = map.Codes<RoleId>("assessorRoles", Vocabulary.Role),
        Bar = map.Map("bar") is { } bar ? Bar(bar) : null,
        Decider = Decider(map),
        LegalBasis = RuleFile.ReadBasis(map, "basis"),
    };

    private static MinorsBar Bar(YamlMap map)
    {
        var bar = new MinorsBar
        {
            Ground = map.OneOf("ground", "minor-able", "weighty-reason", "weighty-reason-not-against-interest") switch
            {
                "minor-able" => BarGround.MinorAble,
                "weighty-reason" => BarGround.WeightyReason,
                _ => BarGround.WeightyReasonNotAgainstInterest,
            },
            LegalBasis = RuleFile.ReadBasis(map, "basis"),
        };
        map.Close();
        return bar;
    }

    internal static CodeList CodeList(YamlMap map, FrozenCodeSystems systems)
    {
        var id = map.Text("id");
        map.Faults.Define(Vocabulary.CodeList, id, map.File, map.LineOf("id"));
        var system = systems.Resolve(map.Text("system"), map, map.LineOf("system"));
        var codes = ImmutableSortedDictionary.CreateBuilder<string, LocalisedText>(StringComparer.Ordinal);
        if (map.Map("codes") is { } entries)
        {
            foreach (var (code, _) in entries.Keys.ToArray())
            {
                codes[code] = entries.Localised(code);
            }
        }

        if (codes.Count == 0)
        {
            map.Fault("`codes` must hold at least one code.");
        }

        map.OptionalText("remarks");
        map.Close();
        return new CodeList { Id = id, System = system, Codes = codes.ToImmutable() };
    }

    internal static RetentionPeriod Retention(string code, YamlMap map) => new()
    {
        Id = code,
        Labels = map.Localised("labels"),
        Years = map.Number("years") ?? Missing(map, "years"),
        EitherEndIs = map.Codes<SectorId>("appliesWhenEitherEndIs", Vocabulary.Sector),
        Counted = map.OneOf("counted", "from-event", "after-death", "from-retirement"),
        Basis = map.Text("basis"),
        Confidence = map.OneOf("confidence", "high", "medium", "low"),
        LawyerCheck = map.OptionalLocalised("lawyerCheck"),
    };

    internal static RelationshipKind Relationship(string code, YamlMap map)
    {
        var kind = new RelationshipKind
        {
            Labels = map.Localised("labels"),
            RecordedBy = [.. map.Maps("recordedBy").Select(Teller)],
            Person = map.OneOf("person", "none", "allowed", "required"),
            OwnPerson = map.Flag("ownPerson"),
            HandedOver = map.Flag("handedOver"),
        };
        map.OptionalText("remarks");
        if (kind.RecordedBy.IsEmpty || kind.RecordedBy.Any(static teller => teller.Roles.IsEmpty && teller.Through is null))
        {
            map.Fault($"`{code}` must say by whom it is recorded: roles, or through which relationship.");
        }

        if (kind.HandedOver && kind.Person != "required")
        {
            map.Fault($"`{code}` is handed over from person to person, so it must name one.");
        }

        return kind;
    }

    private static RelationshipTeller Teller(YamlMap map)
    {
        var teller = new RelationshipTeller(
            map.OneOf("side", "from", "to") == "from",
            map.Has("roles") ? map.Codes<RoleId>("roles", Vocabulary.Role) : [],
            map.OptionalText("through"));
        map.Close();
        return teller;
    }

    private static int Missing(YamlMap map, string key)
    {
        if (!map.Has(key))
        {
            map.Fault($"`{key}` is missing.");
        }

        return int.MaxValue;
    }

    /// <summary>INVARIANT: what must be in writing cannot be recorded as spoken.</summary>
    private static ImmutableArray<ConsentWay> Ways(YamlMap map)
    {
        var ways = ImmutableArray.CreateBuilder<ConsentWay>();
        var written = map.Has("recorded") && map.Flag("written");
        foreach (var (text, line) in map.Scalars("recorded"))
        {
            if (!ConsentWays.TryParse(text, out var way) || way == ConsentWay.SignedIn)
            {
                map.Fault($"`recorded` names `{text}`, must be one of paper, oral, assisted, mirrored.", line);
            }
            else if (written && way is ConsentWay.Oral or ConsentWay.Assisted)
            {
                map.Fault($"`recorded` names `{text}`, but the form must be in writing.", line);
            }
            else
            {
                ways.Add(way);
            }
        }

        return ways.ToImmutable();
    }

    private static MinorsDecider Decider(YamlMap map) =>
        map.OneOf("decider", "minor", "minor-if-capable-else-guardian", "minor-and-guardian-unless-mature", "minor-or-guardian", "guardian") switch
        {
            "minor" => MinorsDecider.Minor,
            "minor-and-guardian-unless-mature" => MinorsDecider.MinorAndGuardianUnlessMature,
            "minor-or-guardian" => MinorsDecider.MinorOrGuardian,
            "guardian" => MinorsDecider.Guardian,
            _ => MinorsDecider.MinorIfCapableElseGuardian,
        };
}
