// The role in which somebody acts, for example exercise-counsellor.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>The role in which somebody acts, for example exercise-counsellor.</summary>
[JsonConverter(typeof(CodeJsonConverter<RoleId>))]
public readonly record struct RoleId : ICode<RoleId>
{
    private readonly string? value;

    private RoleId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static RoleId Parse(string text) => new(CodeText.Require(text, nameof(RoleId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out RoleId code)
    {
        code = CodeText.IsValid(text) ? new RoleId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
