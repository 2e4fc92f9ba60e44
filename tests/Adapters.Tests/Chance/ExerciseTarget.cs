// An exercise-counselling product as the adapter's entries see it.
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Adapters.Chance;

/// <summary>Takes referrals; it knows them by their external reference.</summary>
internal sealed class ExerciseTarget(int seed, int each) : HttpTarget(seed, each)
{
    /// <inheritdoc />
    public override string System => "kuopio-liikunta";

    /// <inheritdoc />
    public override bool NamesEntries => false;

    /// <inheritdoc />
    public override SystemEntry Connect(string folder, int port)
    {
        File.WriteAllText(Path.Combine(folder, "key"), "k");
        return SectorHouse.Entry(System, "exercise-counselling", "kuopio", ("address", $"http://127.0.0.1:{port}/api/v1"), ("apiKeyFile", "key"), ("timeoutSeconds", "1"));
    }

    /// <inheritdoc />
    public override Resource[] Make(string client, int entry) => [SomeReferral.Person(client), SomeReferral.Request(client, $"{entry}")];

    /// <inheritdoc />
    protected override void Map(WebApplication app) => app.MapPost("/api/v1/lahetteet/saapuvat", async (HttpRequest call) =>
    {
        var referral = await ReadAsync(call);
        return Take((string?)referral["ulkoinenTunniste"], (string)referral["henkilo"]!["henkilotunnus"]!, int.Parse((string)referral["ohje"]!, null)) is { } id
            ? Json(new JsonObject { ["laheteId"] = id, ["asiakasId"] = "a1", ["rajoitteet"] = new JsonArray(), ["tavoitteet"] = new JsonArray(), ["suunnitelmat"] = new JsonArray() }, 201)
            : Json(new JsonObject { ["virhe"] = "ei" }, 422);
    });
}
