// One asker at the door, about one client.
using System.Text;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.House;

/// <summary>Calls of a scene's caller about a scene's client.</summary>
/// <param name="House">Where.</param>
/// <param name="Scene">Who asks whom.</param>
/// <param name="Hetu">About whom.</param>
internal sealed record Visit(LeakHouse House, Scene Scene, string Hetu)
{
    private const string Form = "Content-Type: application/x-www-form-urlencoded\n";
    private string? token;

    /// <summary>The client's key.</summary>
    public ClientId Client => FakeConsent.KeyOf(Hetu);

    /// <summary>The recipient's handle of the client.</summary>
    public string Handle => House.HandlesOf(Scene.Caller.Id).ForClient(Client);

    /// <summary>The recipient's token.</summary>
    public string Token => token ??= TokenFor(Scene.Caller);

    /// <summary>The address of the source at the gateway.</summary>
    public string Base => $"/fhir/{Scene.Called.Id}";

    /// <summary>The recipient's handle of a resource of the client; an id that no handle can carry has none.</summary>
    public string? HandleOf(string type, string id) => House.HandlesOf(Scene.Caller.Id).ForResource(Scene.Called.Id, type, Client, id);

    /// <summary>The client's Patient.</summary>
    public Task<RawReply> FindAsync(string headers = "") => PostFormAsync("Patient/_search", $"identifier=urn:oid:1.2.246.21|{Hetu}", headers);

    /// <summary>The client's resources of a type.</summary>
    public Task<RawReply> SearchAsync(string type, string more = "", string headers = "") =>
        type == "Patient" ? FindAsync(headers) : GetAsync($"{type}?patient={Handle}{more}", headers);

    /// <summary>One resource by its id at the source.</summary>
    public Task<RawReply> ReadAsync(string type, string id, string headers = "") => GetAsync($"{type}/{(type == "Patient" ? Handle : HandleOf(type, id) ?? new string('A', 64))}", headers);

    /// <summary>A GET below the source.</summary>
    public Task<RawReply> GetAsync(string path, string headers = "") => SendAsync("GET", path, headers, string.Empty);

    /// <summary>A form.</summary>
    public Task<RawReply> PostFormAsync(string path, string form, string headers = "") => SendAsync("POST", path, Form + headers, form);

    /// <summary>An entry.</summary>
    public Task<RawReply> PostJsonAsync(string path, string json, string headers = "") => SendAsync("POST", path, "Content-Type: application/fhir+json\n" + headers, json);

    /// <summary>Anything.</summary>
    public Task<RawReply> SendAsync(string method, string path, string headers, string body) => SendAsync(method, path, headers, Encoding.UTF8.GetBytes(body));

    /// <summary>Anything.</summary>
    public Task<RawReply> SendAsync(string method, string path, string headers, ReadOnlyMemory<byte> body) => SendAsAsync(Token, method, path, headers, body);

    /// <summary>Anything, by somebody else.</summary>
    public Task<RawReply> SendAsAsync(string other, string method, string path, string headers, ReadOnlyMemory<byte> body) =>
        RawHttp.SendAsync(House.World.Address, $"{method} {(path.StartsWith('/') ? path : path.Length == 0 ? Base : $"{Base}/{path}")} HTTP/1.1\nAuthorization: Bearer {other}\nSisote-Context: {Context}\n{headers}", body);

    /// <summary>A token of a system of the deployment.</summary>
    public string TokenFor(SystemEntry system, string? professional = null, PurposeId? purpose = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        return House.World.Issuer.SystemToken(system.Id.Value, Scopes.Exchange, new BusinessContext
        {
            SubjectId = professional is null ? Profiling.Person : ProfessionalId.Parse(professional),
            SubjectRole = system.ActsAs,
            OrganisationId = system.Organisation,
            PurposeOfUse = [purpose ?? Scene.Purpose],
        });
    }

    /// <summary>What the recipient states.</summary>
    public string Context => Scene.Context.Length == 0 ? "necessity-statement=\"on record\"" : Scene.Context;
}
