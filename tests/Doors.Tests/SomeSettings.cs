// Settings of a room for tests: an empty catalogue and deployment, folders of its own.
using System.Collections.Frozen;
using Sisote.Doors;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Doors;

internal static class SomeSettings
{
    internal static RoomSettings With(Uri issuer, string folder, Deployment? deployment = null, bool demo = true, bool strict = false) => new()
    {
        Issuer = issuer,
        Gateway = new Uri("http://127.0.0.1:8080/"),
        Portal = new Uri("http://127.0.0.1:8081/"),
        Consent = new Uri("http://127.0.0.1:8083/"),
        Adapters = new Uri("http://127.0.0.1:8084/"),
        DataDirectory = folder,
        KeyDirectory = Path.Combine(folder, "keys"),
        Demo = demo,
        Strict = strict,
        Catalogue = new LegalCatalogue
        {
            Version = CatalogueVersion.Parse(new string('0', 64)),
            Items = FrozenDictionary<DataItemId, DataItem>.Empty,
            Rules = FrozenDictionary<RuleId, DisclosureRule>.Empty,
            Retention = FrozenDictionary<string, RetentionPeriod>.Empty,
            Prohibitions = FrozenDictionary<ProhibitionId, Prohibition>.Empty,
            Conditions = FrozenDictionary<ConditionId, Condition>.Empty,
            Sectors = FrozenDictionary<SectorId, LocalisedText>.Empty,
            Roles = FrozenDictionary<RoleId, RoleEntry>.Empty,
            Purposes = FrozenDictionary<PurposeId, LocalisedText>.Empty,
            ConsentForms = FrozenDictionary<ConsentFormId, ConsentForm>.Empty,
            MinorsPolicies = FrozenDictionary<string, MinorsPolicy>.Empty,
            Obligations = FrozenDictionary<string, LocalisedText>.Empty,
            CodeSystems = FrozenDictionary<string, string>.Empty,
            Names = FrozenDictionary<string, LocalisedText>.Empty,
            CodeLists = FrozenDictionary<string, CodeList>.Empty,
        },
        Deployment = deployment ?? new Deployment { Organisations = [], Systems = [] },
    };
}
