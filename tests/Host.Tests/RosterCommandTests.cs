// An integrator looks at a school's files from the command line.
using System.CommandLine;
using Sisote.Host.Commands;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Host;

public sealed class RosterCommandTests
{
    [Fact]
    public void ASoundPackageEndsWithZeroAndSaysWhatItHolds()
    {
        var (code, output) = Run(SharedData.Require("oneroster", "or12-csv", "valid-graph"));

        Assert.Equal((0, "packages: 1; rows of the register: 2 academicSessions, 1 classes, 1 courses, 1 enrollments, 2 orgs, 2 roles, 1 userProfiles, 2 users\n"), (code, output));
    }

    [Fact]
    public void ABrokenPackageEndsWithFiveAndSaysFileRowAndField()
    {
        var (code, output) = Run(SharedData.Require("oneroster", "or12-csv", "missing-users-agentSourcedIds"));

        Assert.Equal(
            (5, "missing-users-agentSourcedIds/users.csv row 3 agentSourcedIds: names a record that users.csv does not have\npackages: 1; there is no register without fault\n"),
            (code, output));
    }

    [Fact]
    public void WhereThereIsNoPackageThereIsNothingToCheck() => Assert.Equal(1, Run(SharedData.Require("oneroster", "microsoft-sds-csv")).Code);

    private static (int Code, string Output) Run(string path)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter();
        return (RosterCommand.Make().Parse(["check", path]).Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false }), output.ToString());
    }
}
