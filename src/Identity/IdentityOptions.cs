// What an installation may set about its built-in authority.
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Sisote.Identity.SignIn;

namespace Sisote.Identity;

/// <summary>Settings of the built-in authority. Section <c>Sisote:Identity</c>; the persons come from Host, not from the configuration.</summary>
public sealed record IdentityOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Sisote:Identity";

    /// <summary>Connection string of a PostgreSQL database; null = SQLite. <value>null: <c>identity.db</c> in the data folder.</value></summary>
    public string? PostgreSql { get; init; }

    /// <summary>Folder to which the systems' <c>keysFile</c> is relative, usually that of the deployment file. <value>null: the data folder.</value></summary>
    public string? DeploymentDirectory { get; init; }

    /// <summary>How many tokens one client may ask for in a minute. <value>600</value></summary>
    [Range(1, 1_000_000)]
    public int TokensPerMinute { get; init; } = 600;

    /// <summary>Life of an access token in seconds. <value>300</value></summary>
    [Range(30, 3600)]
    public int AccessTokenSeconds { get; init; } = 300;

    /// <summary>How long after sign-in a person's tokens can be renewed, in minutes. <value>60</value></summary>
    [Range(5, 720)]
    public int PersonSessionMinutes { get; init; } = 60;

    /// <summary>Who can sign in at the demonstration. <value>nobody</value></summary>
    public ImmutableArray<DemoPerson> Persons { get; init; } = [];

    /// <summary>Reads the section; Host adds the persons with <c>with</c>.</summary>
    public static IdentityOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var standard = new IdentityOptions();
        return standard with
        {
            PostgreSql = section[nameof(PostgreSql)] is { Length: > 0 } postgreSql ? postgreSql : null,
            DeploymentDirectory = section[nameof(DeploymentDirectory)] is { Length: > 0 } folder ? folder : null,
            TokensPerMinute = section.GetValue(nameof(TokensPerMinute), standard.TokensPerMinute),
            AccessTokenSeconds = section.GetValue(nameof(AccessTokenSeconds), standard.AccessTokenSeconds),
            PersonSessionMinutes = section.GetValue(nameof(PersonSessionMinutes), standard.PersonSessionMinutes),
        };
    }
}
