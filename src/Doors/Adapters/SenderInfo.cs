// Who stands behind an entry that the gateway delivers through an adapter.
using System.Buffers.Text;
using System.Text.Json;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Adapters;

/// <summary>The sender of an entry as the gateway authenticated it; the adapter puts it into the native document. Header <c>Sisote-Sender</c>.</summary>
public sealed record SenderInfo
{
    /// <summary>Header name.</summary>
    public const string Header = "Sisote-Sender";

    /// <summary>The calling system.</summary>
    public required SystemId System { get; init; }

    /// <summary>Its organisation.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>Name of the organisation for the document.</summary>
    public required string OrganisationName { get; init; }

    /// <summary>The professional's role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>The professional.</summary>
    public required ProfessionalId Professional { get; init; }

    /// <summary>The professional's name for the document, where the system stated it.</summary>
    public string? ProfessionalName { get; init; }

    /// <summary>The rule that carries the entry: tells the target whether it is an entry on its behalf or a document received from elsewhere.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The header value: base64url of the JSON form.</summary>
    public string ToHeader() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, SisoteJson.Options));

    /// <summary>Reads a header value; null for anything malformed.</summary>
    public static SenderInfo? FromHeader(string? value)
    {
        try
        {
            return value is null ? null : JsonSerializer.Deserialize<SenderInfo>(Base64Url.DecodeFromChars(value), SisoteJson.Options);
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }
}
