// A client of the authority.
using System.Collections.Immutable;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Identity.Clients;

/// <summary>A system or room that may ask for tokens.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="System">Its entry in the deployment file; null for a room.</param>
/// <param name="Scope">The one scope of its own tokens.</param>
/// <param name="KeyFiles">Where its public keys may lie; the first that exists holds.</param>
/// <param name="SignsPeopleIn">Whether people sign in through it.</param>
internal sealed record RegisteredClient(SystemId Id, SystemEntry? System, string Scope, ImmutableArray<string> KeyFiles, bool SignsPeopleIn);
