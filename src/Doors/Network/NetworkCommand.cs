// What the gateway hands on: who says it, about what, and what is said.
namespace Sisote.Doors.Network;

/// <summary>A change in somebody's name. Doors of the consent room below <c>/network</c> (gateway).</summary>
/// <param name="By">In whose name.</param>
/// <param name="Id">What it is about.</param>
/// <param name="Said">What is said.</param>
/// <typeparam name="TSaid">The message as the writer sent it.</typeparam>
public sealed record NetworkCommand<TSaid>(NetworkWriter By, string Id, TSaid Said);
