// A sector of administration or service, for example municipal-sports.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A sector of administration or service, for example municipal-sports.</summary>
[JsonConverter(typeof(CodeJsonConverter<SectorId>))]
public readonly record struct SectorId : ICode<SectorId>
{
    private readonly string? value;

    private SectorId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static SectorId Parse(string text) => new(CodeText.Require(text, nameof(SectorId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out SectorId code)
    {
        code = CodeText.IsValid(text) ? new SectorId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
