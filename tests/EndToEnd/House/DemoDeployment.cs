// The demonstration's deployment file before its first start, for tests that change it first.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>Writes the file as the program would, with the ports of the test.</summary>
internal static partial class DemoDeployment
{
    /// <summary>Writes <c>sisote.yaml</c> into a new data folder and says where.</summary>
    internal static async Task<string> WriteAsync(string data, int port, Func<string, string> adjust)
    {
        var text = Port().Replace(Documents.Text("src/Host/Demo/sisote.yaml"), match => string.Create(CultureInfo.InvariantCulture, $":{int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 8080 + port}"));
        var adjusted = adjust(text);
        Assert.NotEqual(text, adjusted);
        Directory.CreateDirectory(data);
        var file = Path.Combine(data, "sisote.yaml");
        await File.WriteAllTextAsync(file, adjusted, TestContext.Current.CancellationToken);
        return file;
    }

    [GeneratedRegex(@":(80[89]\d)\b")]
    private static partial Regex Port();
}
