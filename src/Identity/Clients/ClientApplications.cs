// OpenIddict's view of the clients: their keys come from files, never from the database.
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;

namespace Sisote.Identity.Clients;

internal sealed class ClientApplications : OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>
{
    private readonly ClientRegister register;
    private readonly ClientKeys keys;

    public ClientApplications(
        IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache,
        ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger,
        IOptionsMonitor<OpenIddictCoreOptions> options,
        IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store,
        ClientRegister register,
        ClientKeys keys)
        : base(cache, logger, options, store) => (this.register, this.keys) = (register, keys);

    /// <inheritdoc />
    public override ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(OpenIddictEntityFrameworkCoreApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return ValueTask.FromResult(register.Find(application.ClientId) is { } client ? keys.Find(client) : new JsonWebKeySet())!;
    }

    /// <summary>Nothing to object to: the register is the only writer, and OpenIddict's own check would ask for keys in the database.</summary>
    public override IAsyncEnumerable<ValidationResult> ValidateAsync(OpenIddictEntityFrameworkCoreApplication application, CancellationToken cancellationToken = default) =>
        AsyncEnumerable.Empty<ValidationResult>();
}
