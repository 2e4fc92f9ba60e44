// An entry's bytes with their commitment, made before the entry waits for its place.
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Keeping;

/// <summary>Canonical bytes, a fresh salt, and the commitment over both: all of an entry's hashing that does not depend on its place, so that it happens outside the line of writers.</summary>
internal sealed record SealedRecord(byte[] Record, byte[] Salt, Digest Commitment)
{
    /// <summary>Seals an entry.</summary>
    /// <exception cref="FormatException">Something in the entry has no canonical form.</exception>
    public static SealedRecord Of(LogEntry entry)
    {
        var (record, salt) = (CanonicalForm.Write(entry), DisclosureLog.Entries.Commitment.NewSalt());
        return new SealedRecord(record, salt, DisclosureLog.Entries.Commitment.Of(salt, record));
    }
}
