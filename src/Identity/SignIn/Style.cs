// The pages' style sheet.
namespace Sisote.Identity.SignIn;

internal static class Style
{
    internal const string Path = "signin.css";

    private static readonly byte[] Sheet = Read();

    internal static IResult Get() => Results.Bytes(Sheet, "text/css; charset=utf-8");

    private static byte[] Read()
    {
        using var stream = typeof(Style).Assembly.GetManifestResourceStream(Path) ?? throw new InvalidOperationException($"The resource {Path} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
