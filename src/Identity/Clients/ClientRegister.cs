// Who may ask for tokens: the systems of the deployment and the rooms.
using System.Collections.Frozen;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Identity.Clients;

internal sealed class ClientRegister
{
    private readonly FrozenDictionary<string, RegisteredClient> clients;

    public ClientRegister(RoomSettings settings, IdentityOptions options)
    {
        var callers = settings.Deployment.Systems.Where(static system => system.KeysFile is not null || system.Portal).ToArray();
        if (callers.FirstOrDefault(static system => InnerSystems.All.Contains(system.Id)) is { } taken)
        {
            throw new InvalidOperationException($"The deployment file names a system `{taken.Id}`: that id belongs to a room of Sisote. Choose another.");
        }

        clients = callers.Select(system => Connected(system, settings, options))
            .Concat(InnerSystems.All.Select(id => Inner(id, settings)))
            .ToFrozenDictionary(static client => client.Id.Value, StringComparer.Ordinal);
    }

    internal IReadOnlyList<RegisteredClient> All => clients.Values;

    internal RegisteredClient? Find(string? id) => id is null ? null : clients.GetValueOrDefault(id);

    private static RegisteredClient Connected(SystemEntry system, RoomSettings settings, IdentityOptions options) =>
        new(system.Id, system, Scopes.Exchange, system.KeysFile is { } file
            ? [Path.Combine(options.DeploymentDirectory ?? settings.DataDirectory, file), Path.Combine(settings.DataDirectory, file)]
            : [SystemKey.PublicFile(settings.KeyDirectory, system.Id.Value)], SignsPeopleIn: false);

    private static RegisteredClient Inner(SystemId id, RoomSettings settings) =>
        new(id, null, Scopes.Inner, [SystemKey.PublicFile(settings.KeyDirectory, id.Value)], SignsPeopleIn: id == InnerSystems.Portal);
}
