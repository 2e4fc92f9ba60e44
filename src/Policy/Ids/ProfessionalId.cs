// A professional as the connected system names them; unique within the system's organisation.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A professional as the connected system names them; unique within the system's organisation.</summary>
[JsonConverter(typeof(CodeJsonConverter<ProfessionalId>))]
public readonly record struct ProfessionalId : ICode<ProfessionalId>
{
    private readonly string? value;

    private ProfessionalId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static ProfessionalId Parse(string text) => new(CodeText.Require(text, nameof(ProfessionalId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out ProfessionalId code)
    {
        code = CodeText.IsValid(text) ? new ProfessionalId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
