// Reads the vocabulary of conditions and how each is evaluated.
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>The file <c>conditions.yaml</c>.</summary>
internal static class ConditionsFile
{
    internal static Condition Read(string code, YamlMap map)
    {
        map.Faults.Define(Vocabulary.Condition, code, map.File, map.Line);
        var condition = new Condition
        {
            Id = ConditionId.Parse(code),
            Labels = map.Localised("labels"),
            Type = map.OneOf("type", "fact", "attestation", "system-check", "human"),
            Strength = map.Has("strength") ? map.OneOf("strength", "law", "policy") : "law",
            EvaluatedFrom = [.. map.Maps("evaluatedFrom").Select(ReadSource).OfType<EvidenceSource>()],
            Reasons = [.. map.Maps("reasons").Select(ReadReason)],
        };
        map.OptionalText("remarks");
        CheckReasons(condition, map);
        map.Close();
        return condition;
    }

    private static DecisionReason ReadReason(YamlMap map)
    {
        var reason = new DecisionReason { Code = map.Text("code"), Labels = map.Localised("labels"), Releases = map.OneOf("decides", "for", "against") == "for" };
        map.Close();
        return reason;
    }

    /// <summary>A decision cannot be recorded without a reason to choose, and a reason nobody can give says nothing.</summary>
    private static void CheckReasons(Condition condition, YamlMap map)
    {
        if (condition.IsDecided != (condition.Reasons.Length > 0) || condition.Reasons.Select(static reason => reason.Code).Distinct().Count() != condition.Reasons.Length)
        {
            map.Fault("A condition on which decisions are recorded lists reasons, each once; no other does.");
        }

        if (condition.IsDecided && (condition.Type != "human" || !condition.Reasons.Any(static reason => reason.Releases)))
        {
            map.Fault("Decisions are recorded on conditions of type `human`, and at least one reason decides for.");
        }
    }

    private static EvidenceSource? ReadSource(YamlMap map)
    {
        var named = map.Keys.Select(static key => key.Key).Where(static key => Sources.ContainsKey(key)).ToArray();
        if (named.Length != 1)
        {
            map.Fault($"A source names exactly one of {string.Join(", ", Sources.Keys.Order(StringComparer.Ordinal))}.");
            return null;
        }

        var source = Sources[named[0]](map, named[0]);
        var directions = map.Scalars("directions");
        foreach (var (word, line) in directions.Where(static word => Parse(word.Text) is null))
        {
            map.Fault($"Unknown direction `{word}`.", line);
        }

        map.Close();
        return source is null ? null : source with { Directions = [.. directions.Select(static word => Parse(word.Text)).OfType<Direction>()] };
    }

    private static readonly Dictionary<string, Func<YamlMap, string, EvidenceSource?>> Sources = new(StringComparer.Ordinal)
    {
        ["relationship"] = static (map, key) => new EvidenceSource.RecordedRelationship(map.Texts(key), ReadEnds(map), map.Number("graceDays") ?? 0),
        ["decision"] = static (map, key) => Word(map, key, "recorded", new EvidenceSource.RecordedDecision()),
        ["agreement"] = static (map, key) => new EvidenceSource.InForceAgreement(map.Text(key)),
        ["statement"] = static (map, key) => new EvidenceSource.Statement(ReadSpeaker(map, key)),
        ["channel"] = static (map, key) => new EvidenceSource.ByChannel(ProhibitionFile.Channels(map, key)),
        ["ageBelow"] = static (map, key) => new EvidenceSource.Age(map.Number(key) ?? 0, Below: true),
        ["ageAtLeast"] = static (map, key) => new EvidenceSource.Age(map.Number(key) ?? int.MaxValue, Below: false),
        ["compulsoryEducation"] = static (map, key) => new EvidenceSource.CompulsoryEducation(map.OneOf(key, "continues", "ended") == "continues"),
        ["schoolForm"] = static (map, key) => new EvidenceSource.SchoolForm(map.Texts(key)),
        ["capacity"] = static (map, key) => Word(map, key, "recorded", new EvidenceSource.CapacityRecorded()),
        ["consentCovers"] = static (map, key) => new EvidenceSource.ConsentCovers(map.Code<DataItemId>(key, Vocabulary.Item)),
        ["consent"] = static (map, key) => map.OneOf(key, "found", "not-asked") == "found" ? new EvidenceSource.ConsentFound() : new EvidenceSource.ConsentNotAsked(),
        ["mask"] = static (map, key) => Word(map, key, "applied", new EvidenceSource.MaskApplied()),
        ["notCarried"] = static (map, key) => new EvidenceSource.NotCarried(map.Code<DataItemId>(key, Vocabulary.Item)),
        ["organisations"] = static (map, key) => Word(map, key, "same", new EvidenceSource.SameOrganisation()),
        ["roleScope"] = static (map, key) => Word(map, key, "inside", new EvidenceSource.InsideRoleScope()),
        ["requester"] = static (map, key) => Word(map, key, "professional", new EvidenceSource.NamedProfessional()),
    };

    private static EvidenceSource Word(YamlMap map, string key, string word, EvidenceSource source)
    {
        map.OneOf(key, word);
        return source;
    }

    private static RelationshipEnds ReadEnds(YamlMap map) =>
        map.OneOf("between", "organisations", "requester", "recipient", "source", "requester-professional", "both-ends") switch
        {
            "requester" => RelationshipEnds.Requester,
            "recipient" => RelationshipEnds.Recipient,
            "source" => RelationshipEnds.Source,
            "requester-professional" => RelationshipEnds.RequesterProfessional,
            "both-ends" => RelationshipEnds.BothEnds,
            _ => RelationshipEnds.Organisations,
        };

    private static StatementBy ReadSpeaker(YamlMap map, string key) => map.OneOf(key, "caller", "system", "professional") switch
    {
        "caller" => StatementBy.Caller,
        "professional" => StatementBy.NamedProfessional,
        _ => StatementBy.System,
    };

    private static Direction? Parse(string word) => word switch
    {
        "read" => Direction.Read,
        "write" => Direction.Write,
        "notify" => Direction.Notify,
        _ => null,
    };
}
