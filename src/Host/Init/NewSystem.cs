// What a new system's entry says, drawn from the law, the deployment and a few words.
using System.Collections.Immutable;
using Sisote.Adapters.Sources;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Init;

/// <summary>A system that is to be connected.</summary>
internal sealed record NewSystem
{
    /// <summary>The kind of a system that only asks.</summary>
    internal const string NoAdapter = "none";

    /// <summary>Its id.</summary>
    internal required SystemId Id { get; init; }

    /// <summary>Its controller.</summary>
    internal required OrganisationEntry Organisation { get; init; }

    /// <summary>Its sector.</summary>
    internal required SectorId Sector { get; init; }

    /// <summary>Names for people.</summary>
    internal required LocalisedText Name { get; init; }

    /// <summary>What its tokens may say; the first is what it acts as.</summary>
    internal required ImmutableArray<RoleId> Roles { get; init; }

    /// <summary>What it may ask for.</summary>
    internal required ImmutableArray<PurposeId> Purposes { get; init; }

    /// <summary>The kind of its adapter; <see cref="NoAdapter"/> where it only asks.</summary>
    internal required string Kind { get; init; }

    /// <summary>Its adapter's settings; null where it only asks.</summary>
    internal AdapterSketch? Adapter { get; init; }

    /// <summary>What the law lets leave from its sector.</summary>
    internal required ImmutableArray<DataItem> Items { get; init; }

    /// <summary>Where its public key set lies, from the folder of the deployment file.</summary>
    internal string KeysFile => $"keys/{Id}.jwks.json";

    /// <summary>The same with its mapping file beside the deployment file, also where relative paths lie elsewhere.</summary>
    internal NewSystem LaidBeside(HouseOptions options) => Path.GetDirectoryName(options.DeploymentFile) is { } home && home != options.Data && Adapter is { MappingFormat: not null } adapter
        ? this with { Adapter = adapter with { Settings = [.. adapter.Settings.Select(setting => setting.Name == "mapping" ? setting with { Value = Path.Combine(home, setting.Value) } : setting)] } }
        : this;

    /// <summary>Reads what was asked for; faults in the words of the command line.</summary>
    internal static (NewSystem? System, ImmutableArray<string> Faults) Read(AskedSystem asked, LegalCatalogue catalogue, Deployment deployment, string file)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        if (!SystemId.TryParse(asked.System, out var id))
        {
            faults.Add("SYSTEM is 1 to 64 letters, digits, '-', '_' or '.'.");
        }
        else if (deployment.FindSystem(id) is not null)
        {
            faults.Add($"There is a system `{id}` in {file} already: give the new one a name of its own.");
        }

        var organisation = OrganisationId.TryParse(asked.Organisation, out var organisationId) ? deployment.FindOrganisation(organisationId) : null;
        if (organisation is null)
        {
            faults.Add(Unknown("organisation", asked.Organisation, file, deployment.Organisations.Select(static known => known.Id.Value)));
        }

        var law = SectorId.TryParse(asked.Sector, out var sector) && catalogue.Sectors.ContainsKey(sector) ? SectorInLaw.Of(sector, catalogue) : null;
        if (law is null)
        {
            faults.Add(Unknown("sector", asked.Sector, "the law", catalogue.Sectors.Keys.Select(static known => known.Value)));
        }

        var adapter = AdapterSketch.Find(asked.Kind, id, law?.Types ?? [], asked.Address);
        if (adapter is null && asked.Kind != NoAdapter)
        {
            faults.Add(Unknown("kind", asked.Kind, "docs/adapters.md", AdapterSketch.KnownKinds.Append(NoAdapter)));
        }

        if (law is null || organisation is null || faults.Count > 0)
        {
            return (null, faults.ToImmutable());
        }

        var roles = Narrow("--role", asked.Roles, law.Roles, faults, RoleId.Parse);
        var purposes = Narrow("--purpose", asked.Purposes, law.Purposes, faults, PurposeId.Parse);
        if (roles.IsEmpty && faults.Count == 0)
        {
            faults.Add($"No rule of the law gives sector `{sector}` a part in anything, so there is nothing to connect.");
        }

        return faults.Count > 0 ? (null, faults.ToImmutable()) : (new NewSystem
        {
            Id = id, Organisation = organisation, Sector = sector, Roles = roles, Purposes = purposes, Kind = asked.Kind, Adapter = adapter, Items = law.Items,
            Name = NameOf(organisation, catalogue.Sectors[sector]),
        }, []);
    }

    private static LocalisedText NameOf(OrganisationEntry organisation, LocalisedText sector) => new()
    {
        Fi = $"{organisation.Name.Fi}: {sector.Fi}",
        Sv = $"{organisation.Name.Sv}: {sector.Sv}",
        En = $"{organisation.Name.En}: {sector.En}",
    };

    private static string Unknown(string what, string given, string where, IEnumerable<string> known) =>
        $"There is no {what} `{given}` in {where}. {NearestCode.Suggest(given, known)}".TrimEnd();

    /// <summary>What was asked for, or all that the law has.</summary>
    private static ImmutableArray<T> Narrow<T>(string option, ImmutableArray<string> asked, ImmutableArray<T> lawful, ImmutableArray<string>.Builder faults, Func<string, T> parse)
        where T : struct, ICode<T>
    {
        if (asked.IsEmpty)
        {
            return lawful;
        }

        var known = lawful.Select(static code => code.Value).ToList();
        foreach (var given in asked.Where(given => !known.Contains(given)))
        {
            faults.Add($"{option} `{given}`: no rule of the law gives this sector a part in it; there are {string.Join(", ", known)}. {(NearestCode.Find(given, known) is { } near ? $"Did you mean `{near}`?" : string.Empty)}".TrimEnd());
        }

        return faults.Count > 0 ? [] : [.. asked.Distinct(StringComparer.Ordinal).Select(parse)];
    }
}
