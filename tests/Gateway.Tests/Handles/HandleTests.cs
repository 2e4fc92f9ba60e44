// Handles mean something to one recipient only.
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
