// Identifiers of relationships that a source's register tells.
using Sisote.Policy.Ids;

namespace Sisote.Consent.Relationships;

/// <summary>A source's own identifier in the room: <c>source:identifier</c>. The colon is in no identifier that anybody else may choose, so none can collide.</summary>
internal static class RegisterId
{
    private const char Mark = ':';

    public static string Of(SystemId source, string id) => Prefix(source) + id;

    public static string Prefix(SystemId source) => source.Value + Mark;

    /// <summary>Whether only its source may change the relationship with this identifier.</summary>
    public static bool IsOne(string id) => id.Contains(Mark, StringComparison.Ordinal);
}
