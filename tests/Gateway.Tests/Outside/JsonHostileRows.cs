// The JSON parsing test suite at three places: in an entry, in a source's element that nobody may see, and in one that may leave.
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Sisote.Tests.Gateway.World;
using Sisote.Tests.Gateway.Writes;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Runs every file of the collection.</summary>
internal static partial class JsonHostileRows
{
    private const string Record = "fhir/pohjois-savo-record";

    internal static async Task<IReadOnlyList<OutsideRow>> RunAsync(string folder)
    {
        await using var world = await GatewayWorld.OpenAsync();
        var handle = await world.HandleOfAsync(Some.Aino);
        var rows = new List<OutsideRow>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllBytesAsync(file);
            rows.Add(Judge(Path.GetFileNameWithoutExtension(file), text, await TryAsync(world, handle, text)));
        }

        Assert.Empty(world.Source.Changes);
        return rows;
    }

    private static async Task<Answers> TryAsync(GatewayWorld world, string handle, byte[] text) => new(
        await SendAsync(world, text),
        await SendAsync(world, Within(Entries.Measure().ToJsonString(), "hostile", text)),
        await ReadAsync(world, $"{Record}/Flag?patient={handle}", Within(Some.Restriction(Some.Aino).ToJsonString(), "hostile", text)),
        await ReadAsync(world, $"{Record}/Goal?patient={handle}", Within(WithoutDescription(), "description", text)));

    private static OutsideRow Judge(string name, byte[] text, Answers answers)
    {
        Assert.All([answers.Unnamed, answers.Named], answer => Assert.True(answer.Status is 200 or 502 && !answer.Body.Contains("hostile", StringComparison.Ordinal), $"{name}: {answer.Everything}"));
        Assert.All(OutsideRow.Released(answers.Unnamed), resource => Assert.Equal(8, resource.Count)); // the flag as ever
        Assert.All([answers.Alone, answers.Inside], answer => Assert.True(answer.Status is 400 or 422, $"{name}: {answer.Everything}"));
        var isRefusedAsJson = answers.Inside.Status == 400;
        Assert.True(isRefusedAsJson || answers.Inside.Body.Contains("Observation.hostile", StringComparison.Ordinal), $"{name}: {answers.Inside.Body}");
        Assert.True(!isRefusedAsJson || answers.Alone.Status == 400, name);
        var expected = name.Split('_')[0] switch { "y" => "accepted", "n" => "refused", "i" => "either", _ => "neither changed nor merged" };
        var holds = expected switch
        {
            "accepted" => !isRefusedAsJson && answers.Unnamed.Status == 200 && answers.Named.Status == 200,
            "refused" => isRefusedAsJson && answers.Unnamed.Status == 502 && answers.Named.Status == 502,
            _ => true, // nothing of it was carried anywhere, which is asserted above
        };
        return new OutsideRow(name, "four places", expected, string.Join("; ", answers.All.Select(OutsideRow.Show)), holds, holds ? null : ReasonOf(expected, text, answers));
    }

    private static string? ReasonOf(string expected, byte[] text, Answers answers) => expected switch
    {
        "accepted" when EscapedName().IsMatch(Encoding.UTF8.GetString(text)) => "stricter: an escaped member name is refused, it could hide a known name",
        "accepted" when DoubledName().IsMatch(Encoding.UTF8.GetString(text)) => "stricter: a member that stands twice can be read in two ways",
        "refused" when answers.Inside.Status == 400 && answers.Named.Status == 502 => "looser where nothing can leave: no byte of an element that no item names is carried, so only its texts and brackets are checked",
        _ => null,
    };

    private static Task<RawAnswer> SendAsync(GatewayWorld world, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        return world.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, $"{Record}/Observation")) { Content = content });
    }

    private static Task<RawAnswer> ReadAsync(GatewayWorld world, string path, byte[] resource)
    {
        world.Source.Instead = async context =>
        {
            context.Response.ContentType = "application/fhir+json";
            await context.Response.Body.WriteAsync((byte[])[.. """{"resourceType":"Bundle","type":"searchset","entry":[{"resource":"""u8, .. resource, .. "}]}"u8]);
        };
        return world.GetAsync(path);
    }

    private static byte[] Within(string resource, string member, byte[] value) => [.. Encoding.UTF8.GetBytes($"{resource[..^1]},\"{member}\":"), .. value, .. "}"u8];

    private static string WithoutDescription()
    {
        var goal = Some.Goal(Some.Aino);
        goal.Remove("description");
        return goal.ToJsonString();
    }

    [GeneratedRegex("""[{,]\s*"[^"]*\\[^:]*"\s*:""")]
    private static partial Regex EscapedName();

    [GeneratedRegex("""("\w*")\s*:.*,\s*\1\s*:""", RegexOptions.Singleline)]
    private static partial Regex DoubledName();

    /// <summary>What came at the four places.</summary>
    private sealed record Answers(RawAnswer Alone, RawAnswer Inside, RawAnswer Unnamed, RawAnswer Named)
    {
        internal IEnumerable<RawAnswer> All => [Alone, Inside, Unnamed, Named];
    }
}
