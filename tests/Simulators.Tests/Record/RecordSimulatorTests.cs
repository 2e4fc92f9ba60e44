// The simulated patient record behaves like a record: never anonymous, never forgetting, never doubling.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Sisote.Simulators;
using Sisote.Simulators.People;

namespace Sisote.Tests.Simulators.Record;

public sealed class RecordSimulatorTests : IAsyncLifetime
{
    private const string Kind = "patient-record";
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-simulator-").FullName;
    private readonly HttpClientHandler handler = new();
    private RunningSimulators simulators = null!;

    public async ValueTask InitializeAsync() => simulators = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await simulators.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void EveryInventedPersonHasACodeThatNoRealPersonGets()
    {
        foreach (var person in InventedPeople.Shared.People)
        {
            Assert.Equal('9', person.Hetu[7]);
            var number = int.Parse(person.Hetu[..6] + person.Hetu[7..10]);
            Assert.Equal("0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31], person.Hetu[10]);
            Assert.Equal(person.BirthDate[8..] + person.BirthDate[5..7] + person.BirthDate[2..4], person.Hetu[..6]);
        }
    }

    [Theory]
    [InlineData("POST", "documents/query")]
    [InlineData("GET", "documents/100102")]
    [InlineData("POST", "view/documents")]
    [InlineData("POST", "referrals")]
    [InlineData("GET", "")]
    public async Task NobodyComesInWithoutAUserAndPassword(string method, string path)
    {
        using var none = await SendAsync(method, path, null);
        using var wrong = await SendAsync(method, path, "dr-harju:guess");

        Assert.Equal((401, 401), ((int)none.StatusCode, (int)wrong.StatusCode));
    }

    [Fact]
    public async Task ADocumentIsCdaWithRecordTargetSectionsAndNarrative()
    {
        using var answer = await SendAsync("GET", "documents/100102", Account("integration"));

        var document = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        XNamespace cda = "urn:hl7-org:v3";
        Assert.Equal("FI", document.Element(cda + "realmCode")!.Attribute("code")!.Value);
        Assert.Equal("120385-911F", document.Descendants(cda + "patientRole").Single().Elements(cda + "id").Single(id => id.Attribute("root")!.Value == "1.2.246.21").Attribute("extension")!.Value);
        Assert.Equal(["LIIKRAJ", "LIIKTAV", "LIIKSUUN", "MITT"], document.Descendants(cda + "section").Select(section => section.Element(cda + "code")!.Attribute("code")!.Value));
        Assert.All(document.Descendants(cda + "section"), section => Assert.NotEmpty(section.Element(cda + "text")!.Value));
    }

    [Fact]
    public async Task TheDoctorIsNoIntegrationAndTheIntegrationIsNoDoctor()
    {
        using var list = await SendAsync("POST", "documents/query", Account("dr-harju"), "hetu=120385-911F");
        using var view = await SendAsync("POST", "view/documents", Account("integration"), "hetu=120385-911F");
        using var referral = await SendAsync("POST", "referrals", Account("integration"), "hetu=120385-911F&unit=X");

        Assert.Equal((403, 403, 403), ((int)list.StatusCode, (int)view.StatusCode, (int)referral.StatusCode));
    }

    [Fact]
    public async Task TheDoctorsPageShowsTheDocumentsInFinnishAndEscaped()
    {
        await DeliverAsync("C1", "LIIKNEUV", "<b>lihava</b>");
        using var call = Request("POST", "view/documents", Account("dr-harju"), "hetu=120385-911F");
        call.Headers.Accept.ParseAdd("text/html");
        using var http = new HttpClient(handler, disposeHandler: false);
        using var answer = await http.SendAsync(call);

        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("kirjattu hyvinvointialueen lukuun", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;lihava", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameControlIdTwiceIsOneDocumentAlsoAfterARestart()
    {
        var first = await DeliverAsync("C1", "LIIKNEUV", "teksti");
        var second = await DeliverAsync("C1", "LIIKNEUV", "teksti");
        await simulators.DisposeAsync();
        simulators = await StartAsync();
        var third = await DeliverAsync("C1", "LIIKNEUV", "teksti");
        var other = await DeliverAsync("C1", "LIIKNEUV", "toinen teksti");

        Assert.StartsWith("MSA|AA|C1|", first, StringComparison.Ordinal);
        Assert.Equal([first, first], [second, third]);
        Assert.StartsWith("MSA|AE|C1|", other, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("on-behalf"));
    }

    [Fact]
    public async Task ALineThatACrashCutOffIsForgottenAndTheRetryStoresTheDocumentOnce()
    {
        await DeliverAsync("C1", "LIIKNEUV", "ensimmäinen");
        await DeliverAsync("C2", "LIIKNEUV", "toinen");
        await simulators.DisposeAsync();
        var journal = Path.Combine(folder, Kind, "journal.ndjson");
        var bytes = await File.ReadAllBytesAsync(journal);
        await File.WriteAllBytesAsync(journal, bytes[..^40]);
        simulators = await StartAsync();

        Assert.Equal(1, await CountAsync("on-behalf"));
        Assert.StartsWith("MSA|AA|C2|", await DeliverAsync("C2", "LIIKNEUV", "toinen"), StringComparison.Ordinal);
        Assert.Equal(2, await CountAsync("on-behalf"));
    }

    [Fact]
    public async Task AReceivedDocumentIsNotFiledBeforeADoctorAcceptsItAndOnlyOnce()
    {
        var id = (await DeliverAsync("C1", "ULKOPAL", "palaute")).Split('|')[3];
        using var before = await SendAsync("GET", $"documents/{id}", Account("integration"));
        using var accept = await SendAsync("POST", $"view/documents/{id}/accept", Account("dr-harju"));
        using var again = await SendAsync("POST", $"view/documents/{id}/accept", Account("dr-harju"));
        using var after = await SendAsync("GET", $"documents/{id}", Account("integration"));

        Assert.Equal((404, 204, 404, 200), ((int)before.StatusCode, (int)accept.StatusCode, (int)again.StatusCode, (int)after.StatusCode));
    }

    [Theory]
    [InlineData("garbage", "MSA|AR|")]
    [InlineData("MSH|^~\\&|S|S|P|P|20261122||ADT^A01|1|P|2.5.1||||||UNICODE UTF-8\r", "MSA|AR|1")]
    [InlineData("MSH|^~\\&|S|S|P|P|20261122||MDM^T02|1|P|2.5.1||||||UNICODE UTF-8\rPID|1||010170-956B^^^&1.2.246.21&ISO\r", "MSA|AE|1")]
    [InlineData("MSH|^~\\&|S|S|P|P|20261122||MDM^T02|1|P|2.5.1||||||KOI8-R\r", "MSA|AR|")]
    public async Task AMessageThatTheRecordCannotTakeIsAnsweredAndStoresNothing(string message, string expected)
    {
        Assert.StartsWith(expected, await TalkAsync(message), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("on-behalf"));
    }

    [Fact]
    public async Task AReferralWithNobodyToSendItToIsKeptAndShownAsNotSent()
    {
        using var answer = await SendAsync("POST", "referrals", Account("dr-harju"), "hetu=120385-911F&unit=LIIKUNTA-KUOPIO");
        await simulators.DisposeAsync();
        simulators = await StartAsync();
        using var list = await SendAsync("GET", "referrals", Account("dr-harju"));

        var kept = JsonDocument.Parse(await list.Content.ReadAsStringAsync()).RootElement[0];
        Assert.Equal(("not-sent", "L300001"), (kept.GetProperty("status").GetString(), kept.GetProperty("id").GetString()));
    }

    private Task<RunningSimulators> StartAsync() => SimulatorsRoom.StartAsync([new SimulatorEntry { Kind = Kind, HttpPort = 0 }], new SimulatorSettings { DataDirectory = folder }, default);

    private Task<string> DeliverAsync(string controlId, string type, string text) => TalkAsync(
        $"MSH|^~\\&|S|S|P|P|20261122||MDM^T02|{controlId}|P|2.5.1||||||UNICODE UTF-8\rPID|1||120385-911F^^^&1.2.246.21&ISO\r"
        + $"TXA|1|{type}|TX||||||salmi^Salmi^Sami^^^liikuntaneuvoja^^^^^^^^Kuopio|dr-harju||||||||AV\rOBX|1|TX|TEKSTI^Teksti^1.2.246.10.99999999.9|1|{text}||||||F\r");

    private async Task<string> TalkAsync(string message)
    {
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, simulators.MllpPort(Kind));
        await peer.GetStream().WriteAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D]);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().EndsWith("\u001C\r", StringComparison.Ordinal))
        {
            var read = await peer.GetStream().ReadAsync(buffer);
            Assert.NotEqual(0, read);
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString().Split('\r').Single(static line => line.StartsWith("MSA", StringComparison.Ordinal));
    }

    private async Task<int> CountAsync(string mode)
    {
        using var answer = await SendAsync("POST", "view/documents", Account("dr-harju"), "hetu=120385-911F");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateArray().Count(document => document.GetProperty("mode").GetString() == mode);
    }

    private string Account(string user) => File.ReadAllLines(Path.Combine(folder, Kind + ".credentials")).Single(line => line.StartsWith(user + ":", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? account, string? form = null)
    {
        using var http = new HttpClient(handler, disposeHandler: false);
        return await http.SendAsync(Request(method, path, account, form));
    }

    private HttpRequestMessage Request(string method, string path, string? account, string? form = null) => new(HttpMethod.Parse(method), new Uri(simulators.HttpAddress(Kind), path))
    {
        Content = form is null ? null : new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        Headers = { Authorization = account is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(account))) },
    };
}
