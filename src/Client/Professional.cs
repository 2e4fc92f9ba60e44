// Who stands behind a call.
namespace Sisote.Client;

/// <summary>The professional in whose task a call is made; it stands in the token and in the log.</summary>
/// <param name="Id">The id that the system itself gives the person: 1 to 64 letters, digits, '-', '_' or '.', never an identity code.</param>
/// <param name="Role">A role for which the system is registered.</param>
/// <param name="Organisation">The system's organisation.</param>
/// <param name="Purpose">A purpose of use for which the system is registered.</param>
public sealed record Professional(string Id, string Role, string Organisation, string Purpose)
{
    /// <summary>Name, for documents that the recipient files; it is in no log.</summary>
    public string? Name { get; init; }

    /// <summary>Always <c>professional:***</c>.</summary>
    public override string ToString() => "professional:***";
}
