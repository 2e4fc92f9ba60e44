// Checks that need the whole catalogue.
namespace Sisote.Policy.Catalogues.Reading;

/// <summary>What no single file can know of itself.</summary>
internal static class CatalogueChecks
{
    internal static void Run(LegalCatalogue catalogue, FaultCollector faults)
    {
        foreach (var rule in catalogue.Rules.Values)
        {
            var file = $"rules/{rule.Id}.yaml";
            foreach (var party in rule.Pairs.SelectMany(static pair => new[] { pair.From, pair.To }))
            {
                CheckRoles(catalogue, party, file, faults);
            }

            foreach (var consent in rule.Consents)
            {
                if (catalogue.ConsentForms.TryGetValue(consent.Form, out var form) && form.Narrows is not null)
                {
                    faults.Add(file, 0, $"Consent form `{consent.Form}` can only close; no rule can ask for it.");
                }
            }
        }

        foreach (var prohibition in catalogue.Prohibitions.Values)
        {
            foreach (var party in prohibition.OnlyRecipients)
            {
                CheckRoles(catalogue, party, $"prohibitions/{prohibition.Id}.yaml", faults);
            }
        }
    }

    private static void CheckRoles(LegalCatalogue catalogue, RuleParty party, string file, FaultCollector faults)
    {
        foreach (var role in party.Roles)
        {
            if (catalogue.Roles.TryGetValue(role, out var entry) && entry.Sector != party.Sector)
            {
                faults.Add(file, 0, $"Role `{role}` belongs to sector `{entry.Sector}`, not to `{party.Sector}`.");
            }
        }
    }
}
