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
        Narrows = map.OptionalCode<ConsentFormId>("narrows", Vocabulary.ConsentForm),
        Validity = map.OneOf("validity", "until-revoked", "purpose-or-date", "case", "single-use", "service-period"),
    };

    internal static MinorsPolicy MinorsPolicy(string code, YamlMap map) => new()
    {
        Context = code,
        Labels = map.Localised("labels"),
        CapacityContext = map.OptionalText("capacityContext") ?? code,
        AssumedNotAbleBelow = map.Number("assumedNotAbleBelow"),
        Decider = Decider(map),
        LegalBasis = RuleFile.ReadBasis(map, "basis"),
    };

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

    private static int Missing(YamlMap map, string key)
    {
        if (!map.Has(key))
        {
            map.Fault($"`{key}` is missing.");
        }

        return int.MaxValue;
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
