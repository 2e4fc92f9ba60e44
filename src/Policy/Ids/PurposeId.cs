// A purpose of use, for example exercise-counselling.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A purpose of use, for example exercise-counselling.</summary>
[JsonConverter(typeof(CodeJsonConverter<PurposeId>))]
public readonly record struct PurposeId : ICode<PurposeId>
{
    private readonly string? value;

    private PurposeId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static PurposeId Parse(string text) => new(CodeText.Require(text, nameof(PurposeId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out PurposeId code)
    {
        code = CodeText.IsValid(text) ? new PurposeId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
