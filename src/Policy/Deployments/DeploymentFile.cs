// Reads the entries of sisote.yaml; whatever would widen the catalogue is a fault.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Catalogues.Reading;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;
using Sisote.Policy.States;

namespace Sisote.Policy.Deployments;

/// <summary>Organisations, systems, agreements and narrowings of one installation.</summary>
internal static class DeploymentFile
{
    private const string ReservedPrefix = "sisote-";
    private const int MostLogYears = 120;

    private static readonly string[] Known = ["organisations", "systems", "agreements", "rulesOff", "roleScopes", "witnessing"];

    internal static Deployment Read(YamlMap root, LegalCatalogue catalogue)
    {
        var deployment = new Deployment
        {
            Organisations = [.. root.Maps("organisations").Select(map => ReadOrganisation(map, catalogue))],
            Systems = [.. root.Maps("systems").Select(map => ReadSystem(map, catalogue))],
            Agreements = [.. root.Maps("agreements").Select(map => ReadAgreement(map, catalogue))],
            RulesOff = root.Codes<RuleId>("rulesOff", Vocabulary.Rule),
            RoleScopes = [.. root.Maps("roleScopes").Select(map => ReadRoleScope(map, catalogue))],
            Witnessing = WitnessingFile.Read(root),
        };
        foreach (var (key, line) in root.Keys.Where(static key => !Known.Contains(key.Key)).ToArray())
        {
            root.Has(key);
            root.Fault($"A deployment can only narrow the law, by `rulesOff` and `roleScopes`: what `{key}` says belongs to the catalogue and cannot stand here.", line);
        }

        root.Close();
        return deployment;
    }

    private static OrganisationEntry ReadOrganisation(YamlMap map, LegalCatalogue catalogue)
    {
        var organisation = new OrganisationEntry
        {
            Id = map.Code<OrganisationId>("id", Vocabulary.Organisation),
            Name = map.Localised("name"),
            Kind = map.OneOf("kind", "wellbeing-county", "municipality", "education-provider", "association", "company", "authority"),
            LogYears = map.Number("logYears"),
        };
        if (organisation.LogYears is { } years && (years > MostLogYears || LogRetention.LeastOf(catalogue) is not { } least || years < least.Years))
        {
            var fewest = LogRetention.LeastOf(catalogue)?.Years;
            map.Fault(fewest is null ? "The catalogue has no period that `logYears` could set." : $"`logYears` must be a number from {fewest} to {MostLogYears}: a deployment can keep the log longer than the catalogue says, never shorter.", map.LineOf("logYears"));
        }

        map.Faults.Define(Vocabulary.Organisation, organisation.Id.Value, map.File, map.LineOf("id"));
        map.Close();
        return organisation;
    }

    private static SystemEntry ReadSystem(YamlMap map, LegalCatalogue catalogue)
    {
        var system = new SystemEntry
        {
            Id = map.Code<SystemId>("id", Vocabulary.System),
            Organisation = map.Code<OrganisationId>("organisation", Vocabulary.Organisation),
            Sector = map.Code<SectorId>("sector", Vocabulary.Sector),
            ActsAs = map.Code<RoleId>("actsAs", Vocabulary.Role),
            Name = map.Localised("name"),
            Roles = map.Codes<RoleId>("roles", Vocabulary.Role),
            Purposes = map.Codes<PurposeId>("purposes", Vocabulary.Purpose),
            Attests = map.Codes<ConditionId>("attests", Vocabulary.Condition),
            KeysFile = map.OptionalText("keys"),
            XRoad = ReadXRoad(map),
            Portal = map.Flag("portal"),
            Link = map.Flag("link"),
            Adapter = map.Map("adapter") is { } adapter ? ReadAdapter(adapter) : null,
            Notify = map.Map("notify") is { } notify ? ReadNotify(notify) : null,
        };
        map.Faults.Define(Vocabulary.System, system.Id.Value, map.File, map.LineOf("id"));
        CheckSystem(map, system, catalogue);
        map.Close();
        return system;
    }

    private static XRoadClient? ReadXRoad(YamlMap map)
    {
        if (map.OptionalText("xroad") is not { } text)
        {
            return null;
        }

        if (!XRoadClient.TryParse(text, out var client))
        {
            map.Fault($"`{text}` is no X-Road subsystem; write instance, class, member and subsystem: `FI/COM/1234567-8/ehr`.", map.LineOf("xroad"));
            return null;
        }

        map.Faults.Define(Vocabulary.XRoad, client.Text, map.File, map.LineOf("xroad"));
        return client;
    }

    private static void CheckSystem(YamlMap map, SystemEntry system, LegalCatalogue catalogue)
    {
        if (system.Id.Value.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase))
        {
            map.Fault($"`{system.Id}` is reserved: ids that begin with `{ReservedPrefix}` belong to Sisote's own rooms.", map.LineOf("id"));
        }

        foreach (var role in system.Roles.Prepend(system.ActsAs))
        {
            if (catalogue.Roles.TryGetValue(role, out var entry) && entry.Sector != system.Sector)
            {
                map.Fault($"Role `{role}` belongs to sector `{entry.Sector}`, not to `{system.Sector}`.", map.LineOf(system.Roles.Contains(role) ? "roles" : "actsAs"));
            }
        }

        foreach (var purpose in system.Purposes.Where(purpose => catalogue.Purposes.ContainsKey(purpose) && !IsEverAsked(purpose, system.Sector, catalogue)))
        {
            map.Fault($"No rule of the catalogue gives sector `{system.Sector}` a part in purpose `{purpose}`; a deployment cannot widen the law.", map.LineOf("purposes"));
        }

        foreach (var condition in system.Attests.Where(condition => catalogue.Conditions.TryGetValue(condition, out var known) && !IsSystemCheck(known)))
        {
            map.Fault($"Condition `{condition}` is not one that a system can check; a deployment cannot widen the law.", map.LineOf("attests"));
        }

        if (system.Link && system.Adapter is not null)
        {
            map.Fault("`link` is for people who have no system: one with an `adapter` takes what is sent to it.", map.LineOf("link"));
        }

        if (system.KeysFile is { } keys && (Path.IsPathRooted(keys) || keys.Split('/', '\\').Contains("..")))
        {
            map.Fault("`keys` must be a path below the folder of the deployment file.", map.LineOf("keys"));
        }
    }

    private static bool IsEverAsked(PurposeId purpose, SectorId sector, LegalCatalogue catalogue) =>
        catalogue.Rules.Values.Any(rule => rule.Pairs.Any(pair => (pair.Purpose ?? rule.Purpose) == purpose && (pair.From.Sector == sector || pair.To.Sector == sector)));

    private static bool IsSystemCheck(Condition condition) =>
        condition.EvaluatedFrom.Any(static source => source is EvidenceSource.Statement { By: StatementBy.System });

    private static AdapterEntry ReadAdapter(YamlMap map)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (map.Map("settings") is { } values)
        {
            foreach (var (key, _) in values.Keys.ToArray())
            {
                settings[key] = values.Text(key);
            }
        }

        var adapter = new AdapterEntry { Kind = map.Text("kind"), Settings = settings.ToImmutable() };
        map.Close();
        return adapter;
    }

    private static NotifyEntry ReadNotify(YamlMap map)
    {
        var (text, secret) = (map.Text("url"), map.OptionalText("secret"));
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
        if (!isUrl)
        {
            map.Fault("`url` must be an https address (http on the machine itself only), without a user, query or fragment.", map.LineOf("url"));
        }

        if (secret is not null && (secret.Length == 0 || secret[0] == '.' || !secret.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')))
        {
            map.Fault("`secret` must be the name of a file in the key folder.", map.LineOf("secret"));
        }

        map.Close();
        return new NotifyEntry { Url = isUrl ? url! : new Uri("https://invalid.invalid/"), SecretFile = secret };
    }

    private static Agreement ReadAgreement(YamlMap map, LegalCatalogue catalogue)
    {
        var agreement = new Agreement
        {
            Id = map.Text("id"),
            Kind = map.Text("kind"),
            Parties = map.Codes<OrganisationId>("parties", Vocabulary.Organisation),
            Flows = map.Codes<RuleId>("flows", Vocabulary.Rule),
            From = Instant(map, "from", last: false) ?? Missing(map, "from"),
            To = Instant(map, "to", last: true),
        };
        map.Faults.Define(Vocabulary.Agreement, agreement.Id, map.File, map.LineOf("id"));
        CheckAgreement(map, agreement, catalogue);
        map.Close();
        return agreement;
    }

    private static void CheckAgreement(YamlMap map, Agreement agreement, LegalCatalogue catalogue)
    {
        var asking = catalogue.Conditions.Values
            .Where(condition => condition.EvaluatedFrom.OfType<EvidenceSource.InForceAgreement>().Any(source => source.Kind == agreement.Kind))
            .Select(static condition => condition.Id)
            .ToHashSet();
        if (asking.Count == 0)
        {
            map.Fault($"No condition of the catalogue asks for an agreement of kind `{agreement.Kind}`.", map.LineOf("kind"));
        }

        foreach (var flow in agreement.Flows)
        {
            if (catalogue.Rules.TryGetValue(flow, out var rule) && !rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)).Any(asking.Contains)
                && !catalogue.Prohibitions.Values.Any(never => never.Unless.Any(asking.Contains)))
            {
                map.Fault($"An agreement of kind `{agreement.Kind}` is no condition of rule `{flow}`; an agreement alone opens nothing.", map.LineOf("flows"));
            }
        }

        if (map.Scalars("parties").Count < 2)
        {
            map.Fault("`parties` must name at least two organisations.", map.LineOf("parties"));
        }

        if (agreement.To < agreement.From)
        {
            map.Fault("`to` lies before `from`.", map.LineOf("to"));
        }
    }

    private static RoleScope ReadRoleScope(YamlMap map, LegalCatalogue catalogue)
    {
        var scope = new RoleScope
        {
            Organisation = map.OptionalCode<OrganisationId>("organisation", Vocabulary.Organisation),
            Role = map.Code<RoleId>("role", Vocabulary.Role),
            Items = map.Codes<DataItemId>("items", Vocabulary.Item),
        };
        var given = catalogue.Rules.Values
            .SelectMany(static rule => rule.Pairs)
            .Where(pair => pair.To == RuleParty.Anybody || pair.To.Roles.Contains(scope.Role))
            .SelectMany(static pair => pair.Items)
            .ToHashSet();
        foreach (var item in scope.Items.Where(item => catalogue.Items.ContainsKey(item) && !given.Contains(item)))
        {
            map.Fault($"No rule of the catalogue gives `{item}` to role `{scope.Role}`; a deployment cannot widen the law.", map.LineOf("items"));
        }

        map.Close();
        return scope;
    }

    /// <summary>A day (whole, Finnish time) or an instant with its offset.</summary>
    private static DateTimeOffset? Instant(YamlMap map, string key, bool last)
    {
        if (map.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9999)
        {
            return last ? FinnishTime.EndOf(day) : FinnishTime.StartOf(day);
        }

        if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        map.Fault($"`{key}` must be a date like 2026-08-01 or an instant like 2026-08-01T12:00:00+03:00.", map.LineOf(key));
        return null;
    }

    private static DateTimeOffset Missing(YamlMap map, string key)
    {
        if (!map.Has(key))
        {
            map.Fault($"`{key}` is missing.");
        }

        return DateTimeOffset.MinValue;
    }
}
