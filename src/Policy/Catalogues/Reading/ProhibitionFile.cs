// Reads one never rule or mask.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues.Reading;

/// <summary>A file of <c>prohibitions/</c>.</summary>
internal static partial class ProhibitionFile
{
    internal static Prohibition Read(YamlMap map)
    {
        var id = map.Code<ProhibitionId>("id", Vocabulary.Prohibition);
        map.Faults.Define(Vocabulary.Prohibition, id.Value, map.File, map.LineOf("id"));
        var everything = map.Scalars("items") is [{ Text: "*" }];
        var prohibition = new Prohibition
        {
            Id = id,
            Title = map.Localised("title"),
            Items = everything ? [] : map.Codes<DataItemId>("items", Vocabulary.Item),
            ExceptItems = map.Codes<DataItemId>("exceptItems", Vocabulary.Item),
            OnlySectors = map.Codes<SectorId>("onlySectors", Vocabulary.Sector),
            OnlyRecipients = [.. map.Maps("onlyRecipients").Select(RuleFile.ReadParty)],
            ToSectors = map.Codes<SectorId>("toSectors", Vocabulary.Sector),
            ToRoles = map.Codes<RoleId>("toRoles", Vocabulary.Role),
            ToActors = map.Texts("toActors"),
            OnlyPurposes = map.Codes<PurposeId>("onlyPurposes", Vocabulary.Purpose),
            Channels = Channels(map, "channels"),
            OnRules = map.Codes<RuleId>("onRules", Vocabulary.Rule),
            DocumentLabels = map.Texts("documentLabels"),
            When = [.. map.Scalars("when").Select(fact => ReadFact(map, fact.Text, fact.Line))],
            Unless = map.Codes<ConditionId>("unless", Vocabulary.Condition),
            TellFrom = [.. map.Maps("tellFrom").Select(RuleFile.ReadParty)],
            TellTo = [.. map.Maps("tellTo").Select(RuleFile.ReadParty)],
            Mask = Elements(map),
            Obligations = RuleFile.ReadObligations(map),
            Reason = map.Has("reason") ? ReadReason(map) : ReasonClass.NeverRule,
            Strength = map.OneOf("strength", "law", "policy"),
            LegalBasis = RuleFile.ReadBasis(map, "basis"),
            Confidence = map.OneOf("confidence", "high", "medium", "low"),
        };
        map.OptionalText("remarks");
        if (!everything && prohibition.Items.IsEmpty)
        {
            map.Fault("`items` must name the items it closes, or \"*\".");
        }

        map.Close();
        return prohibition;
    }

    internal static ImmutableArray<Channel> Channels(YamlMap map, string key) => [.. map.Scalars(key).Select(channel => channel.Text switch
    {
        "standing-api" => Channel.StandingApi,
        "single-view" => Channel.SingleView,
        "single-message" => Channel.SingleMessage,
        "client-handover" => Channel.ClientHandover,
        _ => Unknown(map, "channel", channel.Text, channel.Line, Channel.StandingApi),
    })];

    private static ReasonClass ReadReason(YamlMap map) => map.OneOf("reason", "never-rule", "turvakielto", "guardian") switch
    {
        "turvakielto" => ReasonClass.SafetyProhibition,
        "guardian" => ReasonClass.Guardian,
        _ => ReasonClass.NeverRule,
    };

    private static ClientFact ReadFact(YamlMap map, string fact, int line) => fact switch
    {
        "safety-prohibition" => ClientFact.SafetyProhibition,
        "guardian-safety-prohibition" => ClientFact.GuardianSafetyProhibition,
        "guardian-barred" => ClientFact.GuardianBarred,
        "capacity-unknown" => ClientFact.CapacityUnknown,
        "of-age" => ClientFact.OfAge,
        "deceased" => ClientFact.Deceased,
        _ => Unknown(map, "fact", fact, line, ClientFact.SafetyProhibition),
    };

    private static ImmutableArray<string> Elements(YamlMap map)
    {
        foreach (var (element, line) in map.Scalars("mask"))
        {
            if (!MaskedElement().IsMatch(element))
            {
                map.Fault($"`{element}` is not an element with its type, such as Patient.address.", line);
            }
        }

        return map.Texts("mask");
    }

    private static T Unknown<T>(YamlMap map, string what, string text, int line, T harmless)
    {
        map.Fault($"Unknown {what} `{text}`.", line);
        return harmless;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z]+(\.[a-z][A-Za-z0-9]*)+$")]
    private static partial Regex MaskedElement();
}
