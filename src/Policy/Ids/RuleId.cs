// A disclosure rule of the catalogue, for example EX-02.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A disclosure rule of the catalogue, for example EX-02.</summary>
[JsonConverter(typeof(CodeJsonConverter<RuleId>))]
public readonly record struct RuleId : ICode<RuleId>
{
    private readonly string? value;

    private RuleId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static RuleId Parse(string text) => new(CodeText.Require(text, nameof(RuleId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out RuleId code)
    {
        code = CodeText.IsValid(text) ? new RuleId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
