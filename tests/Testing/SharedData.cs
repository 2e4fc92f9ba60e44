// Finds the test data that nobody here wrote.
namespace Sisote.Tests.Testing;

/// <summary>The folder of outside test data: <c>SISOTE_TEST_DATA</c>, else <c>../shared/data</c> beside the checkout.</summary>
public static class SharedData
{
    private const string Reason = "SISOTE_TEST_DATA names no folder and ../shared/data is not beside the checkout.";

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Fault => Find() is null ? Reason : null;

    /// <summary>A path below the data folder; skips the running test, with the reason, where the folder is absent (and fails it in CI).</summary>
    public static string Require(params string[] path)
    {
        var folder = Find();
        if (folder is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true" && Environment.GetEnvironmentVariable("SISOTE_TEST_DATA") is not null, Reason);
            Assert.Skip(Reason);
        }

        return Path.Combine([folder, .. path]);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SISOTE_TEST_DATA") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
            {
                var beside = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "data");
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
