// Holds an output to a file that a person has read; UPDATE_GOLDEN=1 writes the file anew, and the difference is reviewed as code.
namespace Sisote.Tests.Policy;

internal static class Golden
{
    internal static void Matches(string file, string actual)
    {
        var path = Path.Combine(DemoWorld.Folder, "tests/Policy.Tests", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{file} is missing: run once with UPDATE_GOLDEN=1 and read it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
