// A legally distinct form of consent, for example SECRECY; forms never stand in for one another (law.md 2.1).
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A legally distinct form of consent, for example SECRECY; forms never stand in for one another (law.md 2.1).</summary>
[JsonConverter(typeof(CodeJsonConverter<ConsentFormId>))]
public readonly record struct ConsentFormId : ICode<ConsentFormId>
{
    private readonly string? value;

    private ConsentFormId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static ConsentFormId Parse(string text) => new(CodeText.Require(text, nameof(ConsentFormId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out ConsentFormId code)
    {
        code = CodeText.IsValid(text) ? new ConsentFormId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
