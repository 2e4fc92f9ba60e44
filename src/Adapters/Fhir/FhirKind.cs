// Opens systems of the deployment that speak FHIR R4 themselves.
using System.Collections.Immutable;
using Sisote.Adapters.Native;
using Sisote.Adapters.Sources;
using Sisote.Doors;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Fhir;

/// <summary>Kind <c>fhir</c>: any FHIR R4 server, of whatever sector. Settings are in <c>docs/adapters.md</c>.</summary>
internal sealed class FhirKind(IHttpClientFactory http, RoomSettings room, TimeProvider clock, ILogger<FhirKind> log) : IAdapterKind, IDisposable
{
    private static readonly string[] Secrets = ["keyFile", "bearerFile", "apiKeyFile", "basicFile"];

    private readonly List<FhirIds> opened = [];

    /// <inheritdoc />
    public string Kind => "fhir";

    /// <summary>Leaves the files of names to others.</summary>
    public void Dispose() => opened.ForEach(static ids => ids.Dispose());

    /// <inheritdoc />
    public ISourceSystem? Open(SystemEntry system, AdapterSettings settings)
    {
        var address = settings.RequireHttp("address");
        var native = NativeHttpClient.Open(http, settings, clock);
        var (reads, writes) = (Types(settings, "reads", settings.Require("reads")), Types(settings, "writes", settings.Optional("writes") ?? string.Empty));
        var credentials = Credentials(settings, address, native, reads, writes);
        var identifierSystem = settings.Optional("identifierSystem") ?? Hetu.System;
        var codes = CodeMapping.Open(settings, "fhir.yaml", FhirCodes.Table);
        if (codes is not null && FhirCodes.FindFault(codes) is { } fault)
        {
            settings.Fault("mapping", fault);
        }

        if (codes is null || credentials is null)
        {
            return null;
        }

        var client = new FhirHttpClient(address, credentials, native);
        opened.Add(new FhirIds(Path.Combine(room.DataDirectory, "adapters", system.Id.Value + ".ids"), address));
        return new FhirSystem(new FhirParts
        {
            System = system.Id.Value,
            Http = client,
            Clients = new FhirClients(client, identifierSystem),
            Codes = new FhirCodes(codes),
            Ids = opened[^1],
            Reads = reads,
            Writes = writes,
            Organisation = system.Organisation.Value,
            Clock = clock,
            Log = log,
        });
    }

    private static ImmutableArray<string> Types(AdapterSettings settings, string name, string text)
    {
        var types = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        if (types.FirstOrDefault(static type => !FhirShapes.Knows(type)) is { } unknown)
        {
            settings.Fault(name, $"names `{unknown}`; this adapter knows {string.Join(", ", FhirShapes.Types)}");
            return [];
        }

        return types;
    }

    /// <summary>Exactly one way to show who we are; nobody is asked without.</summary>
    private FhirCredentials? Credentials(AdapterSettings settings, Uri address, NativeHttpClient native, ImmutableArray<string> reads, ImmutableArray<string> writes)
    {
        var named = Secrets.Where(name => settings.Optional(name) is { Length: > 0 }).ToList();
        if (named is not [var only])
        {
            settings.Fault(named.Count == 0 ? Secrets[0] : named[1], $"is one of {string.Join(", ", Secrets)}, of which a system has exactly one");
            return null;
        }

        var file = settings.RequirePath(only);
        return only switch
        {
            "keyFile" => new SmartTokens(new SmartClient(address, settings.Optional("tokenAddress") is null ? null : WithoutSlash(settings.RequireHttp("tokenAddress")), settings.Require("clientId"), file, settings.Optional("scope") ?? Scope(reads, writes)), native, clock),
            "bearerFile" => new BearerFile(file),
            "apiKeyFile" => new ApiKeyFile(settings.Optional("apiKeyHeader") ?? "X-Api-Key", file),
            _ => new BasicFile(settings.Optional("user") ?? "integration", file),
        };
    }

    private static Uri WithoutSlash(Uri address) => new(address.AbsoluteUri.TrimEnd('/'));

    /// <summary>SMART v2 scopes of what the settings name, and Patient, without which nobody is found.</summary>
    private static string Scope(ImmutableArray<string> reads, ImmutableArray<string> writes) =>
        string.Join(' ', reads.Append("Patient").Concat(writes).Distinct().Order(StringComparer.Ordinal).Select(type =>
            $"system/{type}.{(writes.Contains(type) ? "c" : string.Empty)}r{(writes.Contains(type) && type == "Task" ? "u" : string.Empty)}s"));
}
