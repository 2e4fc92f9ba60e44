// Style sheet and script, built into the assembly and served under an address that changes with their content.
using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Sisote.Portal.Rim;

/// <summary>The portal's own files. They may be cached for ever, since a changed file has another address.</summary>
internal static class Assets
{
    private static readonly FrozenDictionary<string, Asset> ByName = new[] { Load("portal.css", "text/css"), Load("portal.js", "text/javascript"), Load("icon.svg", "image/svg+xml") }
        .ToFrozenDictionary(static asset => asset.Name);

    /// <summary>The address of a file.</summary>
    public static string Address(string name) => $"/assets/{ByName[name].Hash}/{name}";

    /// <summary>Maps the files' door.</summary>
    public static void MapAssets(this IEndpointRouteBuilder app) =>
        app.MapGet("/assets/{hash}/{name}", static IResult (string hash, string name, HttpContext context) =>
        {
            if (!ByName.TryGetValue(name, out var asset) || asset.Hash != hash)
            {
                return TypedResults.NotFound();
            }

            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(asset.Content, asset.Type + "; charset=utf-8");
        }).AllowAnonymous();

    private static Asset Load(string name, string type)
    {
        using var file = typeof(Assets).Assembly.GetManifestResourceStream($"Sisote.Portal.Rim.{name}") ?? throw new InvalidOperationException($"`{name}` is not built in.");
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var content = memory.ToArray();
        return new Asset(name, type, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(string Name, string Type, byte[] Content, string Hash);
}
