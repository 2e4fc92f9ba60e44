// What a scenario may speak of.
using Sisote.Host.Demo;
using Sisote.Host.House;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>The law, the deployment and the invented people; a scenario that names anything else does not load.</summary>
internal sealed class ScenarioWorld(LegalCatalogue catalogue, Deployment deployment, DemoPersons persons)
{
    /// <summary>The world of an installation.</summary>
    internal static ScenarioWorld Of(RunningHouse house) => new(house.Settings.Catalogue, house.Settings.Deployment, house.ReadPersons());

    /// <summary>Data items.</summary>
    internal string[] Items { get; } = [.. catalogue.Items.Keys.Select(static code => code.Value)];

    /// <summary>Rules.</summary>
    internal string[] Rules { get; } = [.. catalogue.Rules.Keys.Select(static code => code.Value)];

    /// <summary>Roles.</summary>
    internal string[] Roles { get; } = [.. catalogue.Roles.Keys.Select(static code => code.Value)];

    /// <summary>Sectors.</summary>
    internal string[] Sectors { get; } = [.. catalogue.Sectors.Keys.Select(static code => code.Value)];

    /// <summary>Purposes.</summary>
    internal string[] Purposes { get; } = [.. catalogue.Purposes.Keys.Select(static code => code.Value)];

    /// <summary>Conditions.</summary>
    internal string[] Conditions { get; } = [.. catalogue.Conditions.Keys.Select(static code => code.Value)];

    /// <summary>Forms of consent.</summary>
    internal string[] Forms { get; } = [.. catalogue.ConsentForms.Keys.Select(static code => code.Value)];

    /// <summary>Kinds of relationship that people record.</summary>
    internal string[] Relationships { get; } = [.. catalogue.Relationships.Keys];

    /// <summary>Contexts of the minors' policy.</summary>
    internal string[] Contexts { get; } = [.. catalogue.MinorsPolicies.Keys];

    /// <summary>Connected systems.</summary>
    internal string[] Systems { get; } = [.. deployment.Systems.Select(static system => system.Id.Value)];

    /// <summary>Organisations.</summary>
    internal string[] Organisations { get; } = [.. deployment.Organisations.Select(static organisation => organisation.Id.Value)];

    /// <summary>People who can sign in at the portal.</summary>
    internal string[] People { get; } = [.. persons.Persons.Select(static person => person.Id)];

    /// <summary>Clients.</summary>
    internal string[] Clients { get; } = [.. persons.Persons.Where(static person => person.Hetu is not null).Select(static person => person.Id)];

    /// <summary>A client, or null.</summary>
    internal ScenarioClient? Client(string id) => persons.Persons.FirstOrDefault(person => person.Id == id && person.Hetu is not null) is { } person ? new ScenarioClient(id, person.Hetu!) : null;

    /// <summary>The organisation of a system.</summary>
    internal OrganisationId OrganisationOf(SystemId system) => deployment.FindSystem(system)?.Organisation ?? default;
}
