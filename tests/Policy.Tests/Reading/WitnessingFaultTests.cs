// Who watches whose log, as the file of the deployment says it: every fault told in full, and what a sound section says.
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Policy.Reading;

public sealed class WitnessingFaultTests
{
    private const string NotAnAddress = "`address` must be an address like https://gateway.example/log/, without query and credentials.";
    private const string NotAKey = "`key` must be a public key like name+1234abcd+base64: the line in the other side's consent.log.vkey or consent.witness.vkey.";
    private const string Material = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private const string Text = $"""
        organisations:
          - id: county
            name: {"{"}fi: Hyvinvointialue, sv: Välfärdsområde, en: County{"}"}
            kind: wellbeing-county
        systems: []
        witnessing:
          asks:
            - key: north+1234abcd+{Material}
              address: https://north.example/log
            - key: south+1234abcd+{Material}
              address: http://south.example/
          watches:
            - key: east+1234abcd+{Material}
            - key: west+1234abcd+{Material}
              address: https://west.example/a/
          quorum: 2
        """;

    public static TheoryData<string, string, string> Faults => new()
    {
        { "quorum: 2", "quorum: 3", "(16): `quorum` must be a number from 0 to 2, the number of witnesses under `asks`." },
        { "quorum: 2", "quorum: 0", "" },
        { "quorum: 2", "quorum: two", "(16): `quorum` must be a whole number." },
        { "quorum: 2", "quorums: 2", "(16): Unknown key `quorums`." },
        { "quorum: 2", "quorum: 2\n  quorumForReadiness: maybe", "(17): `quorumForReadiness` must be true or false." },
        { "      address: https://north.example/log\n", "", "(8): `address` is missing." },
        { "      address: https://north.example/log\n", "      since: 2025\n      address: https://north.example/log\n", "(9): Unknown key `since`." },
        { "https://north.example/log", "north.example/log", $"(9): {NotAnAddress}" },
        { "https://north.example/log", "ftp://north.example/log", $"(9): {NotAnAddress}" },
        { "https://north.example/log", "https://north.example/?log=1", $"(9): {NotAnAddress}" },
        { "https://north.example/log", "https://me@north.example/", $"(9): {NotAnAddress}" },
        { "https://north.example/log", "https://north.example/a#log", $"(9): {NotAnAddress}" },
        { "https://west.example/a/", "west", $"(15): {NotAnAddress}" },
        { "key: north+1234abcd", "key: north+1234abc", $"(8): {NotAKey}" },
        { "key: north+1234abcd", "key: +1234abcd", $"(8): {NotAKey}" },
        { $"north+1234abcd+{Material}", $"north+1234abcd+{Material[1..]}", $"(8): {NotAKey}" },
        { $"north+1234abcd+{Material}", "north", $"(8): {NotAKey}" },
        { $"- key: north+1234abcd+{Material}\n      address: https://north.example/log", "- address: https://north.example/log\n      key: north", $"(9): {NotAKey}" },
        { $"- key: north+1234abcd+{Material}\n      address", "- address", "(8): `key` is missing." },
        { "key: south+1234abcd", "key: north+abcd1234", "(8): `asks` names `north` more than once." },
        { "key: west+1234abcd", "key: east+abcd1234", "(13): `watches` names `east` more than once." },
        { "key: west+1234abcd", "key: north+1234abcd", "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AFaultIsToldInFull(string good, string bad, string faults)
    {
        var told = Read(good, bad) is DeploymentReading.Faulty faulty ? faulty.Faults.Select(static fault => $"{fault}") : [];

        Assert.Equal(string.Join('\n', faults.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static fault => "sisote.yaml" + fault)), string.Join('\n', told));
    }

    [Fact]
    public void EachPeerHasItsKeyAndTheAddressBelowWhichItIsAsked()
    {
        var told = Section("quorum: 2", "quorum: 2");

        Assert.Equal(["north https://north.example/log/", "south http://south.example/"], told.Asks.Select(Say));
        Assert.Equal(["east none", "west https://west.example/a/"], told.Watches.Select(Say));
        Assert.Equal((2, false), (told.Quorum, told.QuorumForReadiness));
        Assert.True(Section("quorum: 2", "quorumForReadiness: true").QuorumForReadiness);
    }

    [Fact]
    public void OneWitnessIsEnoughUnlessMoreAreAskedForAndNoneWhereNobodyIsAsked()
    {
        Assert.Equal(1, Section("  quorum: 2", string.Empty).Quorum);
        Assert.Equal(0, Section(Text[Text.IndexOf("  asks:", StringComparison.Ordinal)..Text.IndexOf("  watches:", StringComparison.Ordinal)], string.Empty, "  quorum: 2").Quorum);
    }

    [Fact]
    public void WithoutTheSectionNobodyWatches() =>
        Assert.Null(Assert.IsType<DeploymentReading.Loaded>(Read(Text[Text.IndexOf("witnessing:", StringComparison.Ordinal)..], string.Empty)).Deployment.Witnessing);

    [Fact]
    public void WhereTheLawHasNoPeriodTheYearsOfALogCannotBeSet()
    {
        var law = Catalogues.Load(Sisote.Policy.Catalogues.CatalogueReader.Read(SmallCatalogue.Replacing("retention.yaml", "{}")));

        var faulty = Assert.IsType<DeploymentReading.Faulty>(DeploymentReader.Read("sisote.yaml", Text.Replace("wellbeing-county", "wellbeing-county\n    logYears: 12", StringComparison.Ordinal), law));

        Assert.Equal(["sisote.yaml(5): The catalogue has no period that `logYears` could set."], faulty.Faults.Select(static fault => $"{fault}"));
    }

    private static string Say(LogPeerEntry peer) => $"{peer.Key.Split('+')[0]} {peer.Address?.ToString() ?? "none"}";

    private static WitnessingEntry Section(string good, string bad, string gone = "none") => Assert.IsType<DeploymentReading.Loaded>(Read(good, bad, gone)).Deployment.Witnessing!;

    private static DeploymentReading Read(string good, string bad, string gone = "none")
    {
        Assert.Contains(good, Text, StringComparison.Ordinal);
        return DeploymentReader.Read("sisote.yaml", Text.Replace(good, bad, StringComparison.Ordinal).Replace(gone, string.Empty, StringComparison.Ordinal), SmallCatalogue.Read());
    }
}
