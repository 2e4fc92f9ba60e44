// A reference as it stands in a resource.
namespace Sisote.Gateway.Minimising;

/// <summary>A reference as it was found; its texts become strings only where somebody asks for them.</summary>
internal readonly struct FoundReference
{
    private readonly SoundJson json;
    private readonly int literal;
    private readonly int system;
    private readonly int value;
    private readonly int client;
    private readonly int row;

    private FoundReference(SoundJson json, int row, int literal, (int System, int Value) identifier, int client) =>
        (this.json, this.row, this.literal, (system, value), this.client) = (json, row, literal, identifier, client);

    /// <summary><c>Type/id</c>, <c>urn:uuid:...</c> or anything else that stood there.</summary>
    internal string? Literal => Say(literal);

    /// <summary>The type that it says it points to. Asked of entries only: no guide leads to it.</summary>
    internal string? Type => json.IsObject(row) ? Say(TextMember(json, row, ElementNames.Type)) : null;

    /// <summary>System of a logical reference.</summary>
    internal string? IdentifierSystem => Say(system);

    /// <summary>Value of a logical reference.</summary>
    internal string? IdentifierValue => Say(value);

    /// <summary>Row of the literal, of the identifier's system and of its value; 0 = none.</summary>
    internal (int Literal, int System, int Value) Rows => (literal, system, value);

    /// <summary>Reads one Reference; a value of another shape reads as nothing.</summary>
    /// <param name="json">The text.</param>
    /// <param name="row">The reference.</param>
    /// <param name="client">The row of the resource's literal reference to its client; 0 = none.</param>
    internal static FoundReference Read(SoundJson json, int row, int client = 0)
    {
        if (!json.IsObject(row))
        {
            return new FoundReference(json, row, 0, default, client);
        }

        var identifier = json.Member(row, ElementNames.Identifier);
        return new FoundReference(json, row, TextMember(json, row, ElementNames.Reference), identifier != 0 && json.IsObject(identifier) ? ReadIdentifier(json, identifier) : default, client);
    }

    /// <summary>The rows of an Identifier's system and value, where they are texts.</summary>
    internal static (int System, int Value) ReadIdentifier(SoundJson json, int row) => (TextMember(json, row, ElementNames.System), TextMember(json, row, ElementNames.Value));

    /// <summary>Whether it points to the client by the same literal as the resource's reference to its client.</summary>
    internal bool IsClient => literal != 0 && client != 0 && json.Say(literal).SequenceEqual(json.Say(client));

    private static int TextMember(SoundJson json, int row, int name) => json.Member(row, name) is > 0 and var member && json.IsText(member) ? member : 0;

    private string? Say(int row) => row == 0 ? null : json.SayString(row);
}
