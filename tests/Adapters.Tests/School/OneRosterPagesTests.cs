// A provider's collections are read whole or not at all.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sisote.Tests.Adapters.School;

public sealed class OneRosterPagesTests
{
    private const string School = "kuopio-koulu";

    /// <summary>What the provider says of how many users there are, how many a page holds, at which place it breaks off, and what becomes of the list.</summary>
    public static TheoryData<string?, int, int, int> Lists => new()
    {
        { "5", 2, 5, 200 },
        { null, 2, 5, 200 },
        { "viisi", 2, 5, 200 },
        { "5", 200, 5, 200 },
        { "5", 2, 2, 503 },
        { "5", 2, 4, 503 },
        { "5", 200, 0, 503 },
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task AListThatIsShorterThanTheProviderSaysIsNoList(string? total, int page, int there, int said)
    {
        await using var provider = await StartAsync((_, offset) => (total, Math.Clamp(there - offset, 0, page)));
        await using var house = await OpenAsync(provider);

        var (status, found, _) = await house.SearchAsync(School, "Patient");

        Assert.Equal((said, said == 200 ? 5 : 0), (status, found.Count));
    }

    [Fact]
    public async Task AListThatChangesBetweenItsPagesIsNoList()
    {
        await using var provider = await StartAsync(static (_, offset) => offset == 0 ? ("5", 2) : ("4", Math.Clamp(4 - offset, 0, 2)));
        await using var house = await OpenAsync(provider);

        Assert.Equal((503, 0), await house.SearchAsync(School, "Patient") is var (status, found, _) ? (status, found.Count) : default);
    }

    [Theory]
    [InlineData("\"true\"", 200, 5)]
    [InlineData("true", 200, 5)]
    [InlineData("\"false\"", 200, 4)]
    [InlineData("false", 200, 4)]
    [InlineData(null, 503, 0)]
    [InlineData("null", 503, 0)]
    [InlineData("\"True\"", 503, 0)]
    [InlineData("\"\"", 503, 0)]
    [InlineData("1", 503, 0)]
    [InlineData("[true]", 503, 0)]
    public async Task AUserWhoIsNotEnabledIsGoneAndOneOfWhomThatIsNotSaidMakesTheListNone(string? enabled, int said, int pupils)
    {
        await using var provider = await StartAsync(static (_, offset) => ("5", Math.Clamp(5 - offset, 0, 2)), user =>
        {
            if ((string?)user["sourcedId"] == "u-3")
            {
                user.Remove("enabledUser");
                if (enabled is not null)
                {
                    user["enabledUser"] = JsonNode.Parse(enabled);
                }
            }
        });
        await using var house = await OpenAsync(provider);

        var (status, found, _) = await house.SearchAsync(School, "Patient");

        Assert.Equal((said, pupils), (status, found.Count));
        Assert.Equal(said == 200 && pupils == 5 ? 1 : 0, (await house.SearchClientAsync(School, "Patient", SectorHouse.Onni)).Found.Count);
    }

    /// <summary>A provider of five pupils; the test says of each page of users what the header says and how many rows there are.</summary>
    private static Task<HostileSystem> StartAsync(Func<string, int, (string? Total, int Rows)> users, Action<JsonObject>? change = null) => HostileSystem.StartAsync(async call =>
    {
        var collection = call.Request.Path.Value!.Trim('/');
        if (collection == "token")
        {
            await call.Response.WriteAsync("""{"access_token":"x","expires_in":3600}""");
            return;
        }

        var offset = int.Parse(call.Request.Query["offset"]!, null);
        var (total, rows) = collection == "users" ? users(collection, offset) : (null, 0);
        call.Response.Headers["X-Total-Count"] = total;
        await call.Response.WriteAsync(new JsonObject { [collection] = new JsonArray([.. Enumerable.Range(offset, rows).Select(number => User(number, change))]) }.ToJsonString());
    });

    private static Task<SectorHouse> OpenAsync(HostileSystem provider) => SectorHouse.StartAsync((systems, _) => systems.SetItem(1, systems[1] with
    {
        Adapter = systems[1].Adapter! with { Settings = systems[1].Adapter!.Settings.SetItem("rosterAddress", provider.Address.AbsoluteUri).SetItem("tokenAddress", provider.Address + "token") },
    }));

    private static JsonNode User(int number, Action<JsonObject>? change)
    {
        var user = User(number);
        change?.Invoke(user);
        return user;
    }

    private static JsonObject User(int number) => new()
    {
        ["sourcedId"] = $"u-{number}",
        ["status"] = "active",
        ["enabledUser"] = "true",
        ["givenName"] = "Etu",
        ["familyName"] = "Suku",
        ["roles"] = new JsonArray(new JsonObject { ["role"] = "student" }),
        ["userIds"] = new JsonArray(new JsonObject { ["type"] = "HETU", ["identifier"] = Codes[number] }),
    };

    private static readonly string[] Codes = [SectorHouse.Lumi, SectorHouse.Aino, SectorHouse.Eino, SectorHouse.Onni, "131052-308T"];
}
