// The rooms' own identities.
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>Client ids under which rooms call one another's inner doors; a deployment cannot use them for a connected system.</summary>
public static class InnerSystems
{
    /// <summary>The gateway.</summary>
    public static readonly SystemId Gateway = SystemId.Parse("sisote-gateway");

    /// <summary>The portal.</summary>
    public static readonly SystemId Portal = SystemId.Parse("sisote-portal");

    /// <summary>The adapters.</summary>
    public static readonly SystemId Adapters = SystemId.Parse("sisote-adapters");

    /// <summary>The command line of the one who operates the installation.</summary>
    public static readonly SystemId Operator = SystemId.Parse("sisote-operator");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SystemId> All { get; } = [Gateway, Portal, Adapters, Operator];
}
