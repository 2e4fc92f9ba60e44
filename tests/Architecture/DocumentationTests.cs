// Public types say what they are.
using System.Reflection;
using System.Xml.Linq;

namespace Sisote.Tests.Architecture;

public sealed class DocumentationTests
{
    public static TheoryData<string> Assemblies =>
        ["Sisote.Policy", "Sisote.DisclosureLog", "Sisote.Doors", "Sisote.Consent", "Sisote.Gateway", "Sisote.Adapters", "Sisote.Identity", "Sisote.Portal", "Sisote.Simulators", "Sisote.Client"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void EveryPublicTypeSaysWhatItIs(string assembly)
    {
        var types = Assembly.Load(assembly).GetExportedTypes().Where(static type => !type.Name.Contains('<') && type.Namespace?.StartsWith("Sisote", StringComparison.Ordinal) == true);
        var documented = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"))
            .Descendants("member").Select(static member => member.Attribute("name")!.Value).ToHashSet();

        var silent = types.Where(type => !documented.Contains("T:" + type.FullName!.Replace('+', '.')) && type.Namespace!.Contains("Regex", StringComparison.Ordinal) == false);

        Assert.Empty(silent.Select(static type => type.FullName));
    }

    [Fact]
    public void NoPageHoldsTheMarksOfAMergeThatWasNotFinished()
    {
        var torn = from folder in new[] { "docs", "src", "tests" }
                   from pattern in new[] { "*.md", "*.yaml", "*.json", "*.cs", "*.cshtml", "*.sql", "*.txt" }
                   from file in Repository.Files(folder, pattern)
                   where File.ReadLines(file).Any(static line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal))
                   select Repository.Relative(file);

        Assert.Empty(torn);
    }
}
