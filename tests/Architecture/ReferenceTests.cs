// The house plan as a table: which room may know which, and who may use which package.
using System.Xml.Linq;

namespace Sisote.Tests.Architecture;

public sealed class ReferenceTests
{
    private const string Floors = "Policy DisclosureLog Doors";

    private static readonly Dictionary<string, (string Projects, string Packages)> Plan = new()
    {
        ["Policy"] = ("", "YamlDotNet"),
        ["DisclosureLog"] = ("Policy", "NSec.Cryptography"),
        ["Doors"] = ("Policy DisclosureLog", "Microsoft.AspNetCore.Authentication.JwtBearer Serilog.AspNetCore"),
        ["Consent"] = (Floors, "Microsoft.AspNetCore.OpenApi Microsoft.Data.Sqlite Npgsql"),
        ["Gateway"] = (Floors, "Microsoft.AspNetCore.OpenApi Yarp.ReverseProxy Hl7.Fhir.R4"),
        ["Adapters"] = (Floors, "Hl7.Fhir.R4 YamlDotNet"),
        ["Identity"] = (Floors, "OpenIddict.AspNetCore OpenIddict.EntityFrameworkCore Microsoft.EntityFrameworkCore.Sqlite Npgsql.EntityFrameworkCore.PostgreSQL"),
        ["Portal"] = (Floors, "Microsoft.AspNetCore.Authentication.OpenIdConnect"),
        ["Simulators"] = ("", "YamlDotNet"),
        ["Client"] = ("", "NSec.Cryptography"), // a package for others: it knows no room
        ["Host"] = (Floors + " Consent Gateway Adapters Identity Portal Simulators", "System.CommandLine YamlDotNet"),
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj").Select(static file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ARoomKnowsWhatThePlanLetsItKnowAndNothingElse(string project)
    {
        Assert.True(Plan.TryGetValue(project, out var allowed), $"{project} is not in the plan: add it here and to the house plan together.");
        var document = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

        var projects = document.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        var packages = document.Descendants("PackageReference").Select(static reference => reference.Attribute("Include")!.Value);

        Assert.Equal(Sorted(allowed.Projects.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Sorted(projects));
        Assert.Equal(Sorted(allowed.Packages.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Sorted(packages));
    }

    [Fact]
    public void TheSimulatorsKnowNothingOfFhirOrSisote()
    {
        var knowing = Repository.Files("src/Simulators", "*.cs")
            .Where(static file => File.ReadLines(file).Any(static line => line.StartsWith("using Hl7.", StringComparison.Ordinal)
                || line.StartsWith("using Sisote.", StringComparison.Ordinal) && !line.StartsWith("using Sisote.Simulators", StringComparison.Ordinal)));

        Assert.Empty(knowing.Select(Repository.Relative));
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
}
