// What a lawyer calls one kind of data, for example exercise-restriction.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>What a lawyer calls one kind of data, for example exercise-restriction.</summary>
[JsonConverter(typeof(CodeJsonConverter<DataItemId>))]
public readonly record struct DataItemId : ICode<DataItemId>
{
    private readonly string? value;

    private DataItemId(string value) => this.value = value;

    /// <inheritdoc />
    public string Value => value ?? string.Empty;

    /// <inheritdoc />
    public static DataItemId Parse(string text) => new(CodeText.Require(text, nameof(DataItemId)));

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? text, out DataItemId code)
    {
        code = CodeText.IsValid(text) ? new DataItemId(text) : default;
        return code.value is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
