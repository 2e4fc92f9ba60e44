// The callers' own words, translated.
using Microsoft.Extensions.Options;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Access;

/// <summary>Translates names of actions and systems from the callers' words to the catalogue's and the deployment's.</summary>
internal sealed class AccessWords(GatewayOptions options, Deployment deployment)
{
    private readonly AccessOptions access = options.Access;

    /// <summary>The direction that an action name means, and the item where the name says that too; null = not understood.</summary>
    internal (Direction Direction, string? Item)? Action(string name) => name switch
    {
        _ when access.Actions.TryGetValue(name, out var word) => (word.Direction, word.Item),
        "read" => (Direction.Read, null),
        "write" => (Direction.Write, null),
        "notify" => (Direction.Notify, null),
        _ => null,
    };

    /// <summary>The connected system of a name, or null.</summary>
    internal SystemEntry? System(string name) =>
        SystemId.TryParse(access.Systems.GetValueOrDefault(name, name), out var id) ? deployment.FindSystem(id) : null;
}

/// <summary>Checks at start that the words lead to items of the catalogue and systems of the deployment.</summary>
internal sealed class AccessWordsCheck(LegalCatalogue catalogue, Deployment deployment) : IValidateOptions<GatewayOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var access = options.Access;
        var faults = access.Actions
            .Where(word => word.Value.Item is { } item && !(DataItemId.TryParse(item, out var id) && catalogue.Items.ContainsKey(id)))
            .Select(static word => $"{GatewayOptions.Section}:Access:Actions:{word.Key}:Item is no data item of the catalogue.")
            .Concat(access.Systems
                .Where(word => !(SystemId.TryParse(word.Value, out var id) && deployment.FindSystem(id) is not null))
                .Select(static word => $"{GatewayOptions.Section}:Access:Systems:{word.Key} is no system of the deployment."))
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
