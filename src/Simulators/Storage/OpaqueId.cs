// Ids that say nothing.
using System.Security.Cryptography;

namespace Sisote.Simulators.Storage;

/// <summary>Makes ids of ten random characters after a letter for the kind of record.</summary>
internal static class OpaqueId
{
    /// <summary>A new id, for example <c>a-7k2m9qx4tw</c>.</summary>
    public static string Create(char kind) => $"{kind}-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10)}";
}
