// What every room is given when it is opened.
using System.ComponentModel.DataAnnotations;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;

namespace Sisote.Doors;

/// <summary>Where the doors are and which law and deployment hold; the same for all rooms of a process.</summary>
/// <remarks>Bound once by Host from the configuration section <c>Sisote</c>.</remarks>
public sealed record RoomSettings
{
    /// <summary>The OpenID Connect issuer that all doors trust. <value>http://localhost:8082/ in demo mode.</value></summary>
    [Required]
    public required Uri Issuer { get; init; }

    /// <summary>The gateway's outer address. <value>http://localhost:8080/ in demo mode.</value></summary>
    [Required]
    public required Uri Gateway { get; init; }

    /// <summary>The portal's outer address. <value>http://localhost:8081/ in demo mode.</value></summary>
    [Required]
    public required Uri Portal { get; init; }

    /// <summary>The consent room's inner address.</summary>
    [Required]
    public required Uri Consent { get; init; }

    /// <summary>The adapters room's inner address.</summary>
    [Required]
    public required Uri Adapters { get; init; }

    /// <summary>Folder of this installation's own files: databases, keys. <value>./data</value></summary>
    [Required]
    public required string DataDirectory { get; init; }

    /// <summary>Folder of private keys (<c>NAME.private.jwk.json</c>) that this process may use. <value>keys below the data folder.</value></summary>
    [Required]
    public required string KeyDirectory { get; init; }

    /// <summary>Whether this is the demonstration: invented people, sign-in by choosing one. Never together with <see cref="Strict"/>.</summary>
    public bool Demo { get; init; }

    /// <summary>Forbids what is only good for trying out: plain HTTP to the issuer, demonstration sign-in. <value>true outside demo mode.</value></summary>
    public bool Strict { get; init; }

    /// <summary>The law.</summary>
    public required LegalCatalogue Catalogue { get; init; }

    /// <summary>Who is connected.</summary>
    public required Deployment Deployment { get; init; }
}
