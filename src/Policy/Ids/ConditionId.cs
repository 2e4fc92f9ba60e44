// A condition of a rule, for example referral-active.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A condition of a rule, for example referral-active.</summary>
[JsonConverter(typeof(CodeJsonConverter<ConditionId>))]
public readonly record struct ConditionId : ICode<ConditionId>
{
    private readonly string? value;

    private ConditionId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static ConditionId Parse(string text) => new(CodeText.Require(text, nameof(ConditionId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out ConditionId code)
    {
        code = CodeText.IsValid(text) ? new ConditionId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
