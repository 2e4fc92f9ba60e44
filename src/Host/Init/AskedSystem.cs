// What the command line of `sisote init` says.
using System.Collections.Immutable;

namespace Sisote.Host.Init;

/// <summary>A new system as it was asked for, not yet looked at.</summary>
/// <param name="System">Its id.</param>
/// <param name="Organisation">Its controller's id.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Kind">The kind of its adapter.</param>
/// <param name="Address">Where it is; null = not known yet.</param>
/// <param name="Roles">Its roles; none = all that the law has for the sector.</param>
/// <param name="Purposes">Its purposes; none = all that the law has for the sector.</param>
internal sealed record AskedSystem(string System, string Organisation, string Sector, string Kind, string? Address, ImmutableArray<string> Roles, ImmutableArray<string> Purposes);
