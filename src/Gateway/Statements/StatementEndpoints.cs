// What the gateway says about itself, and the public files of the log.
using System.Text.Json;
using System.Text.RegularExpressions;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Clients;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Statements;

/// <summary>Endpoints that answer without any client's data: capabilities (for connected systems), the SMART configuration and the log's checkpoint and tiles (for anybody).</summary>
internal static partial class StatementEndpoints
{
    internal static void MapStatements(this WebApplication app)
    {
        app.MapGet("/fhir/{system}/metadata", ShowCapabilities).RequireAuthorization(TokenDoor.Exchange);
        app.MapGet("/.well-known/smart-configuration", ShowConfiguration).AllowAnonymous();
        app.MapGet("/fhir/{system}/.well-known/smart-configuration", ShowConfiguration).AllowAnonymous(); // where SMART looks for it; the same for every name, so that it tells of no system
        app.MapGet("/log/checkpoint", (HttpContext context, ConsentApi consent) => ShowLogFileAsync(context, consent, "log/checkpoint", "text/plain; charset=utf-8", "no-store")).AllowAnonymous();
        app.MapGet("/log/tile/{**tile}", (HttpContext context, ConsentApi consent, string tile) => TilePath().IsMatch(tile)
            ? ShowLogFileAsync(context, consent, $"log/tile/{tile}", "application/octet-stream", "public, max-age=31536000, immutable")
            : OutcomeWriter.WriteAsync(context, Refusal.NotServed)).AllowAnonymous();
        app.Map("/fhir/{**rest}", static (HttpContext context) => OutcomeWriter.WriteAsync(context, Refusal.NotConnected)).RequireAuthorization(TokenDoor.Exchange).WithOrder(2);
    }

    private static Task ShowCapabilities(HttpContext context, RoomSettings settings, CapabilityWriter writer, string system)
    {
        return context.GetCaller() is Caller.System { Id: var id } && settings.Deployment.FindSystem(id) is { } caller
            && SystemId.TryParse(system, out var sourceId) && settings.Deployment.FindSystem(sourceId) is { Adapter: not null } source
            ? PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, writer.Write(caller, source))
            : OutcomeWriter.WriteAsync(context, Refusal.NotConnected);
    }

    private static async Task ShowConfiguration(HttpContext context, RoomSettings settings, IssuerDiscovery discovery)
    {
        if (await discovery.FindTokenEndpointAsync(context.RequestAborted) is not { } tokenEndpoint)
        {
            await OutcomeWriter.WriteAsync(context, Refusal.SourceDown);
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["issuer"] = settings.Issuer.AbsoluteUri,
            ["token_endpoint"] = tokenEndpoint,
            ["grant_types_supported"] = new[] { "client_credentials" },
            ["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt" },
            ["token_endpoint_auth_signing_alg_values_supported"] = new[] { "ES256" },
            ["scopes_supported"] = new[] { Scopes.Exchange },
            ["capabilities"] = new[] { "client-confidential-asymmetric" },
        });
        await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, body, contentType: "application/json");
    }

    private static async Task ShowLogFileAsync(HttpContext context, ConsentApi consent, string path, string contentType, string caching)
    {
        switch (await consent.ReadLogFileAsync(path, context.RequestAborted))
        {
            case null:
                await OutcomeWriter.WriteAsync(context, Refusal.LogDown);
                break;
            case []:
                await OutcomeWriter.WriteAsync(context, Refusal.NotFound);
                break;
            case var file:
                await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, file, headers => headers.CacheControl = caching, contentType);
                break;
        }
    }

    // C2SP tlog-tiles: level, then the index in groups of three digits, then the width of a partial tile.
    [GeneratedRegex(@"\A(?:[0-9]{1,2}|entries)(?:/x[0-9]{3}){0,6}/[0-9]{3}(?:\.p/[0-9]{1,3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TilePath();
}
