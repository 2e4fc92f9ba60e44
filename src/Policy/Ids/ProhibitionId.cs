// A never rule or mask of the catalogue, for example P-03.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A never rule or mask of the catalogue, for example P-03.</summary>
[JsonConverter(typeof(CodeJsonConverter<ProhibitionId>))]
public readonly record struct ProhibitionId : ICode<ProhibitionId>
{
    private readonly string? value;

    private ProhibitionId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static ProhibitionId Parse(string text) => new(CodeText.Require(text, nameof(ProhibitionId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out ProhibitionId code)
    {
        code = CodeText.IsValid(text) ? new ProhibitionId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
