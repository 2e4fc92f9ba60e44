// Who calls through X-Road.
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sisote.Policy.Deployments;

/// <summary>
/// The identifier of a subsystem that calls through X-Road, <c>FI/COM/1234567-8/ehr</c>: instance, class of the member, member, subsystem (X-Road Message Protocol for REST, header <c>X-Road-Client</c>). Letters count as they are written.
/// </summary>
public sealed partial record XRoadClient
{
    private XRoadClient(string text) => Text = text;

    /// <summary>The identifier with nothing percent-encoded.</summary>
    public string Text { get; }

    /// <summary>Reads one from a deployment file or a header, where parts may be percent-encoded. A member alone, without a subsystem, is none: security servers let subsystems call.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out XRoadClient? client)
    {
        var parts = text is { Length: <= 600 } ? text.Split('/').Select(Uri.UnescapeDataString).ToArray() : [];
        client = parts.Length == 4 && Array.TrueForAll(parts, static part => Part().IsMatch(part)) ? new XRoadClient(string.Join('/', parts)) : null;
        return client is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>What X-Road's identifiers may hold: no separators, percent signs, white space or control characters.</summary>
    [GeneratedRegex(@"\A[^\s/\\%:;\p{C}]{1,100}\z")]
    private static partial Regex Part();
}
