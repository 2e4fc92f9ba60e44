// Proofs that others made, good and bad.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.DisclosureLog.Tree;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class OutsideProofTests
{
    [Fact]
    public void EveryOutsideInclusionProofIsJudgedAsItsMakersSay()
    {
        var judged = Judge("inclusion", 50, static vector =>
            Digest.TryParse(vector.GetProperty("leafHash").GetString(), out var leaf)
            && vector.GetProperty("leafIdx").TryGetInt64(out var index)
            && vector.GetProperty("treeSize").TryGetInt64(out var size)
            && new InclusionProof { Index = index, Size = size, Path = Path(vector) }.Verify(leaf, Hash(vector, "root")));

        Assert.Contains(true, judged);
        Assert.Contains(false, judged);
    }

    [Fact]
    public void EveryOutsideConsistencyProofIsJudgedAsItsMakersSay()
    {
        var judged = Judge("consistency", 50, static vector =>
            vector.GetProperty("size1").TryGetInt64(out var oldSize)
            && vector.GetProperty("size2").TryGetInt64(out var newSize)
            && new ConsistencyProof { OldSize = oldSize, NewSize = newSize, Path = Path(vector) }.Verify(Hash(vector, "root1"), Hash(vector, "root2")));

        Assert.Contains(true, judged);
        Assert.Contains(false, judged);
    }

    private static List<bool> Judge(string kind, int atLeast, Func<JsonElement, bool> verify)
    {
        var files = Directory.GetFiles(SharedData.Require("tlog-merkle", "rfc6962-proofs", kind), "*.json", SearchOption.AllDirectories);
        Assert.True(files.Length >= atLeast, $"Only {files.Length} vectors.");
        var judged = new List<bool>();
        foreach (var file in files)
        {
            using var vector = JsonDocument.Parse(File.ReadAllText(file));
            var good = verify(vector.RootElement);
            Assert.True(good != vector.RootElement.GetProperty("wantErr").GetBoolean(), $"{file} is judged {good}.");
            judged.Add(good);
        }

        return judged;
    }

    private static ImmutableArray<Digest> Path(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } hashes ? [.. hashes.EnumerateArray().Select(Digest32)] : [];

    private static Digest Hash(JsonElement vector, string name) => Digest32(vector.GetProperty(name));

    /// <summary>Some vectors hold texts such as "dont care" where a hash belongs; their SHA-256 stands in, so that the proof is judged and not its spelling.</summary>
    private static Digest Digest32(JsonElement text)
    {
        var bytes = text.GetBytesFromBase64();
        return new Digest(bytes.Length == 32 ? bytes : SHA256.HashData(bytes));
    }
}
