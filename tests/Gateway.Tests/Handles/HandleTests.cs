// Handles mean something to one recipient only.
using System.Security.Cryptography;
using CsCheck;
using Sisote.Gateway.Handles;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Gateway.Handles;

public sealed class HandleTests
{
    private static readonly SystemId Source = SystemId.Parse("pohjois-savo-record");
    private static readonly HandleRing Ring = new(new HandleKey([.. Enumerable.Range(1, 32).Select(static n => (byte)n)]));
    private static readonly Sisote.Gateway.Handles.Handles Counsellor = Ring.For(SystemId.Parse("kuopio-portal"));
    private static readonly Sisote.Gateway.Handles.Handles Other = Ring.For(SystemId.Parse("siilinjarvi-portal"));
    private static readonly Gen<ClientId> Clients = Gen.Byte.Array[16].Select(static bytes => ClientId.Parse(Convert.ToHexStringLower(bytes)));
    private static readonly Gen<string> Ids = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"].Array[1, 15].Select(static chars => new string(chars));

    [Fact]
    public void AHandleReadsBackToWhatItStandsForAndFitsAFhirId() => Gen.Select(Clients, Ids).Sample(static (client, id) =>
    {
        var handle = Counsellor.ForResource(Source, "Flag", client, id)!;

        Assert.Matches("^[A-Za-z0-9.-]{64}$", handle);
        Assert.Equal(new HandleContent(client, id), Counsellor.ReadResource(Source, "Flag", handle));
        Assert.Equal(client, Counsellor.ReadClient(Counsellor.ForClient(client)));
        Assert.Equal(handle, Counsellor.ForResource(Source, "Flag", client, id));
    }, iter: 200);

    [Fact]
    public void AHandleOfAnotherRecipientTypeOrSourceIsNone() => Gen.Select(Clients, Ids).Sample(static (client, id) =>
    {
        var handle = Counsellor.ForResource(Source, "Flag", client, id)!;

        Assert.Null(Other.ReadResource(Source, "Flag", handle));
        Assert.Null(Counsellor.ReadResource(Source, "Goal", handle));
        Assert.Null(Counsellor.ReadResource(SystemId.Parse("kuopio-liikunta"), "Flag", handle));
        Assert.Null(Counsellor.ReadClient(handle));
        Assert.NotEqual(Counsellor.ForClient(client), Other.ForClient(client));
    }, iter: 200);

    [Fact]
    public void AHandleWithAnyCharacterChangedIsNone()
    {
        var handle = Counsellor.ForResource(Source, "Flag", ClientId.Parse("0123456789abcdef0123456789abcdef"), "flag-1")!;
        for (var i = 0; i < handle.Length; i++)
        {
            foreach (var replacement in "Az09-.".Where(c => c != handle[i]))
            {
                Assert.Null(Counsellor.ReadResource(Source, "Flag", $"{handle[..i]}{replacement}{handle[(i + 1)..]}"));
            }
        }
    }

    [Fact]
    public void HandlesMadeTogetherAreThoseMadeAloneInTheirOrder() => Gen.Select(Clients, Ids.Array[0, 150]).Sample(static (client, ids) =>
    {
        string?[] asked = [.. ids.SelectMany(static id => new[] { id, "too-long-to-be-carried", null })];

        var together = Counsellor.ForResources(Source, "Flag", client, asked);

        Assert.Equal(asked.Select(id => id is null ? null : Counsellor.ForResource(Source, "Flag", client, id)), together);
        Assert.All(together.Zip(asked).Where(static pair => pair.First is not null), pair => Assert.Equal(new HandleContent(client, pair.Second!), Counsellor.ReadResource(Source, "Flag", pair.First!)));
    }, iter: 50);

    [Fact]
    public void AHandleThatIsRememberedIsTheOneThatWouldBeMadeAnewAlsoWhereManyAskAtOnce()
    {
        var client = ClientId.Parse("0123456789abcdef0123456789abcdef");
        string?[] ids = [.. Enumerable.Range(0, 200).Select(static n => $"id-{n % 150}")];
        var key = new HandleKey([.. Enumerable.Range(7, 32).Select(static n => (byte)n)]);
        var (own, anew) = (new Sisote.Gateway.Handles.Handles(key, SystemId.Parse("kuopio-portal")), new Sisote.Gateway.Handles.Handles(key, SystemId.Parse("kuopio-portal")));
        string?[] expected = [.. ids.Select(id => anew.ForResource(Source, "Flag", client, id!))];

        Parallel.For(0, 64, _ => Assert.Equal(expected, own.ForResources(Source, "Flag", client, ids)));

        Assert.NotEqual(expected[0], own.ForResource(Source, "Goal", client, ids[0]!));
        Assert.NotEqual(expected[0], own.ForResource(Source, "Flag", ClientId.Parse(new string('a', 32)), ids[0]!));
        Assert.NotEqual(expected[0], own.ForResource(SystemId.Parse("kuopio-liikunta"), "Flag", client, ids[0]!));
    }

    [Fact]
    public void OnlySoManyHandlesAreRemembered()
    {
        var recent = new RecentHandles(100);
        for (var client = 0; client < 1000; client++)
        {
            var owner = new RecentHandles.Owner(Source, "Flag", ClientId.Parse(client.ToString("x32", System.Globalization.CultureInfo.InvariantCulture)));
            recent.Add(owner, ["a", "b", "c"], ["1", "2", "3"]);
            string?[] found = [null, null];
            recent.Find(owner, ["c", "d"], found);
            Assert.Equal(("3", null), (found[0], found[1]));
            Assert.InRange(recent.Count, 3, 206);
        }
    }

    [Fact]
    public void AHandleIsMadeAsWrittenDown()
    {
        var key = new HandleKey([.. Enumerable.Range(1, 32).Select(static n => (byte)n)]);
        byte[] content = [.. Convert.FromHexString("0123456789abcdef0123456789abcdef"), 6, .. "flag-1"u8, .. new byte[9]];
        var vector = HMACSHA256.HashData(key.Derive("handle-vector", "kuopio-portal"), (byte[])[.. "pohjois-savo-record/Flag\0"u8, .. content])[..16];
        byte[] next = [.. vector[..15], (byte)(vector[15] ^ 1)];
        using var aes = Aes.Create();
        aes.Key = key.Derive("handle-content", "kuopio-portal");
        var stream = aes.EncryptEcb([.. vector, .. next], PaddingMode.None);
        byte[] handle = [.. vector, .. content.Zip(stream, static (one, other) => (byte)(one ^ other))];

        Assert.Equal(
            Convert.ToBase64String(handle).Replace('+', '-').Replace('/', '.'),
            Counsellor.ForResource(Source, "Flag", ClientId.Parse("0123456789abcdef0123456789abcdef"), "flag-1"));
    }

    [Theory]
    [InlineData("sixteen-letters-")]
    [InlineData("with space")]
    [InlineData("ä")]
    [InlineData("")]
    public void AnUpstreamIdThatCannotBeCarriedGetsNoHandle(string id) =>
        Assert.Null(Counsellor.ForResource(Source, "Flag", ClientId.Parse("0123456789abcdef0123456789abcdef"), id));

    [Fact]
    public void TheKeyFileIsMadeOnceAndOnlyWhereThatIsAllowed()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-key-").FullName;

        Assert.Throws<IOException>(() => HandleKey.Open(folder, mayCreate: false));
        var first = HandleKey.Open(folder, mayCreate: true).Derive("x", "y");
        var second = HandleKey.Open(folder, mayCreate: false).Derive("x", "y");

        Assert.Equal(first, second);
        Directory.Delete(folder, recursive: true);
    }
}
