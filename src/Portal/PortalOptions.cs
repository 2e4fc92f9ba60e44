// What an operator may set of the portal.
using System.ComponentModel.DataAnnotations;

namespace Sisote.Portal;

/// <summary>Settings of the portal, section <c>Sisote:Portal</c>.</summary>
internal sealed record PortalOptions
{
    /// <summary>Where feedback on accessibility goes; it must be answered within 14 days (306/2019). <value>an address that nobody reads</value></summary>
    [Required]
    [EmailAddress]
    public string FeedbackAddress { get; init; } = "saavutettavuus@sisote.example";

    /// <summary>Who offers the service, for the accessibility statement. <value>Sisote</value></summary>
    [Required]
    public string Provider { get; init; } = "Sisote";
}
