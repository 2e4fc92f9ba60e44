// An organisation of the deployment, for example kuopio.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>An organisation of the deployment, for example kuopio.</summary>
[JsonConverter(typeof(CodeJsonConverter<OrganisationId>))]
public readonly record struct OrganisationId : ICode<OrganisationId>
{
    private readonly string? value;

    private OrganisationId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static OrganisationId Parse(string text) => new(CodeText.Require(text, nameof(OrganisationId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out OrganisationId code)
    {
        code = CodeText.IsValid(text) ? new OrganisationId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
