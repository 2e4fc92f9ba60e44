// One signature line of a note.
using System.Collections.Immutable;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>Who signed, with which key, and the signature.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Short identifier of the key.</param>
/// <param name="Signature">The signature, without the key's identifier.</param>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature);
