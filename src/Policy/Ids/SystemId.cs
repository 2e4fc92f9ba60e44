// A connected system of the deployment, for example pohjois-savo-record; also its OAuth client_id.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>A connected system of the deployment, for example pohjois-savo-record; also its OAuth client_id.</summary>
[JsonConverter(typeof(CodeJsonConverter<SystemId>))]
public readonly record struct SystemId : ICode<SystemId>
{
    private readonly string? value;

    private SystemId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static SystemId Parse(string text) => new(CodeText.Require(text, nameof(SystemId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out SystemId code)
    {
        code = CodeText.IsValid(text) ? new SystemId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
