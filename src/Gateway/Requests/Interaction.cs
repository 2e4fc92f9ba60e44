// What a caller can ask of a source, as types.
using Sisote.Gateway.Searching;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Requests;

/// <summary>One allowed interaction, read from a request and holding all that is carried on from it.</summary>
internal abstract record Interaction
{
    private Interaction()
    {
    }

    /// <summary>The Patient of one national identifier: <c>POST Patient/_search</c>.</summary>
    internal sealed record FindPatient(Hetu Identifier) : Interaction;

    /// <summary>Resources of a type, of one client or (own register only) of all.</summary>
    internal sealed record Search(string Type, string? PatientHandle, SearchTerms Terms) : Interaction;

    /// <summary>One resource.</summary>
    internal sealed record Read(string Type, string Handle) : Interaction;

    /// <summary>A new resource.</summary>
    internal sealed record Create(string Type, byte[] Body) : Interaction;

    /// <summary>A step of a referral: <c>PATCH Task/{handle}</c> with the version that it starts from and a JSON Patch.</summary>
    internal sealed record ChangeTask(string Handle, string Version, byte[] Patch) : Interaction;

    /// <summary>New resources that belong together.</summary>
    internal sealed record Transaction(byte[] Body) : Interaction;
}
