// Reads one disclosure rule.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>A file of <c>rules/</c>.</summary>
internal static partial class RuleFile
{
    internal static DisclosureRule Read(YamlMap map, ImmutableArray<DataItemId> allItems)
    {
        var id = map.Code<RuleId>("id", Vocabulary.Rule);
        map.Faults.Define(Vocabulary.Rule, id.Value, map.File, map.LineOf("id"));
        var items = map.Scalars("items") is [{ Text: "*" }] ? allItems : map.Codes<DataItemId>("items", Vocabulary.Item);
        var effect = ReadEffect(map);
        var rule = new DisclosureRule
        {
            Id = id,
            Priority = map.OneOf("priority", "core", "extended"),
            Title = map.Localised("title"),
            Pairs = [.. map.Maps("pairs").SelectMany(pair => ReadPairs(pair, items, effect))],
            Purpose = map.OptionalCode<PurposeId>("purpose", Vocabulary.Purpose),
            Items = items,
            Direction = ReadDirection(map, "direction"),
            Effect = effect,
            Case = map.OptionalLocalised("case"),
            SeeTo = map.OptionalLocalised("seeTo"),
            LegalBasis = ReadBasis(map, "basis"),
            Consents = [.. map.Maps("consents").Select(ReadConsent)],
            Conditions = map.Codes<ConditionId>("conditions", Vocabulary.Condition),
            Obligations = ReadObligations(map),
            StatutoryNotification = map.Flag("statutoryNotification"),
            Enabled = map.Flag("enabled", otherwise: true),
            ValidFrom = map.Date("validFrom"),
            ValidTo = map.Date("validTo"),
            Confidence = map.OneOf("confidence", "high", "medium", "low"),
            LawyerCheck = map.OptionalLocalised("lawyerCheck"),
        };
        map.OptionalText("remarks");
        CheckRule(map, rule);
        CheckBasis(map, rule);
        map.Close();
        return rule;
    }

    internal static ImmutableArray<LegalBasis> ReadBasis(YamlMap map, string key)
    {
        var basis = map.Maps(key).Select(ReadBasis).ToImmutableArray();
        if (basis.IsEmpty)
        {
            map.Fault($"`{key}` is missing: nothing leaves without a named statute.");
        }

        return basis;
    }

    internal static ImmutableArray<string> ReadObligations(YamlMap map)
    {
        foreach (var (code, line) in map.Scalars("obligations"))
        {
            map.Faults.Refer(Vocabulary.Obligation, code, map.File, line);
        }

        return map.Texts("obligations");
    }

    internal static RuleParty ReadParty(YamlMap map)
    {
        if (map.OptionalText("sector") == RuleParty.AnyCode)
        {
            map.Close();
            return RuleParty.Anybody;
        }

        var party = new RuleParty
        {
            Sector = map.Code<SectorId>("sector", Vocabulary.Sector),
            Roles = map.Codes<RoleId>("roles", Vocabulary.Role),
        };
        if (party.Roles.IsEmpty)
        {
            map.Fault("`roles` must name at least one role.");
        }

        foreach (var (role, line) in map.Scalars("roles"))
        {
            map.Faults.CheckLater(map.File, line, catalogue =>
                RoleId.TryParse(role, out var id) && catalogue.Roles.TryGetValue(id, out var entry) && catalogue.Sectors.ContainsKey(entry.Sector) && catalogue.Sectors.ContainsKey(party.Sector) && entry.Sector != party.Sector
                ? $"Role `{role}` belongs to sector `{entry.Sector}`, not to `{party.Sector}`."
                : null);
        }

        map.Close();
        return party;
    }

    internal static Direction ReadDirection(YamlMap map, string key) => map.OneOf(key, "read", "write", "notify") switch
    {
        "write" => Direction.Write,
        "notify" => Direction.Notify,
        _ => Direction.Read,
    };

    private static void CheckRule(YamlMap map, DisclosureRule rule)
    {
        if (rule.Items.IsEmpty)
        {
            map.Fault("`items` must name at least one data item.");
        }

        if (rule.Pairs.IsEmpty)
        {
            map.Fault("`pairs` must name at least one sender and recipient.");
        }

        if (rule.Purpose is not null && rule.Pairs.Any(static pair => pair.From == RuleParty.Anybody || pair.To == RuleParty.Anybody))
        {
            map.Fault("Only a rule without a purpose may name any sector.", map.LineOf("pairs"));
        }

        if (rule.ValidFrom > rule.ValidTo)
        {
            map.Fault("`validTo` lies before `validFrom`.", map.LineOf("validTo"));
        }

        if (rule.Confidence is "medium" or "low" && rule.LawyerCheck is null)
        {
            map.Fault("A rule of medium or low confidence must say in `lawyerCheck` what a lawyer checks.", map.LineOf("confidence"));
        }

        if (rule.StatutoryNotification && !rule.Consents.IsEmpty)
        {
            map.Fault("A statutory notification asks for no consent.", map.LineOf("consents"));
        }
    }

    /// <summary>Statutes may be about single sectors; no pair may be left without one.</summary>
    private static void CheckBasis(YamlMap map, DisclosureRule rule)
    {
        foreach (var ends in rule.Pairs.Where(pair => !rule.LegalBasis.IsEmpty && !rule.BasisOf(pair).Any()).Select(static pair => (pair.From, pair.To)).Distinct())
        {
            map.Fault($"No statute in `basis` is about a release from `{ends.From.Sector}` to `{ends.To.Sector}`.", map.LineOf("basis"));
        }
    }

    internal static bool IsStatute(string number) => Statute().IsMatch(number);

    private static IEnumerable<RulePair> ReadPairs(YamlMap map, ImmutableArray<DataItemId> all, RuleEffect otherwise)
    {
        var senders = map.Maps("from").Select(ReadParty).ToArray();
        var recipients = map.Maps("to").Select(ReadParty).ToArray();
        var items = map.Codes<DataItemId>("items", Vocabulary.Item);
        var conditions = map.Codes<ConditionId>("conditions", Vocabulary.Condition);
        var purpose = map.OptionalCode<PurposeId>("purpose", Vocabulary.Purpose);
        var effect = map.Has("effect") ? ReadEffect(map) : otherwise;
        var confidence = map.Has("confidence") ? map.OneOf("confidence", "high", "medium", "low") : null;
        var (check, told) = (map.OptionalLocalised("lawyerCheck"), map.OptionalLocalised("case"));
        if (confidence is "medium" or "low" && check is null)
        {
            map.Fault("A pair of medium or low confidence must say in `lawyerCheck` what a lawyer checks.", map.LineOf("confidence"));
        }

        foreach (var stranger in items.Except(all))
        {
            map.Fault($"The pair names `{stranger}`, which the rule does not carry.", map.LineOf("items"));
        }

        if (senders.Length == 0 || recipients.Length == 0)
        {
            map.Fault("A pair needs `from` and `to`.");
        }

        map.Close();
        return from sender in senders
               from recipient in recipients
               select new RulePair(sender, recipient) { Items = items.IsEmpty ? all : items, Conditions = conditions, Purpose = purpose, Effect = effect, Case = told, Confidence = confidence, LawyerCheck = check };
    }

    private static RuleEffect ReadEffect(YamlMap map) => map.OneOf("effect", "permit", "oblige", "entitle", "ask-consent") switch
    {
        "oblige" => RuleEffect.Oblige,
        "entitle" => RuleEffect.Entitle,
        "ask-consent" => RuleEffect.AskConsent,
        _ => RuleEffect.Permit,
    };

    private static ConsentRequirement ReadConsent(YamlMap map)
    {
        var requirement = new ConsentRequirement
        {
            Form = map.Code<ConsentFormId>("form", Vocabulary.ConsentForm),
            MinorsContext = map.OptionalText("minors"),
            Itemised = map.Flag("itemised"),
            Objectable = map.Flag("objectable"),
        };
        map.Faults.CheckLater(map.File, map.LineOf("form"), catalogue => catalogue.ConsentForms.TryGetValue(requirement.Form, out var form) && form.Narrows is not null
            ? $"Consent form `{requirement.Form}` can only close; no rule can ask for it."
            : null);
        if (requirement.MinorsContext is { } context)
        {
            map.Faults.Refer(Vocabulary.MinorsContext, context, map.File, map.LineOf("minors"));
        }

        map.Close();
        return requirement;
    }

    private static LegalBasis ReadBasis(YamlMap map)
    {
        var basis = new LegalBasis
        {
            Statute = map.Text("statute"),
            Section = map.Text("section"),
            Paraphrase = map.Localised("says"),
            FromSectors = map.Codes<SectorId>("fromSectors", Vocabulary.Sector),
            ToSectors = map.Codes<SectorId>("toSectors", Vocabulary.Sector),
            ValidFrom = map.Date("validFrom"),
            ValidTo = map.Date("validTo"),
        };
        if (basis.Statute.Length > 0 && !IsStatute(basis.Statute))
        {
            map.Fault($"`{basis.Statute}` is not a statute number like 703/2023.", map.LineOf("statute"));
        }

        if (basis.ValidFrom > basis.ValidTo)
        {
            map.Fault("`validTo` lies before `validFrom`.", map.LineOf("validTo"));
        }

        map.Close();
        return basis;
    }

    [GeneratedRegex(@"^\d{1,4}/\d{2,4}$")]
    private static partial Regex Statute();
}
