// What happens when the record is away, slow, hostile or talks nonsense.
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sisote.Adapters.Sources;

namespace Sisote.Tests.Adapters.PatientRecord;

public sealed class FaultTests
{
    private const string Client = "patient%3Aidentifier=urn%3Aoid%3A1.2.246.21%7C120385-911F";

    [Fact]
    public async Task ARecordThatIsAwayGivesNoEmptyAnswerButAnUnavailableOne()
    {
        await using var world = await RecordWorld.OpenAsync();
        await world.Simulators.DisposeAsync();

        using var search = await world.SearchAsync("Flag", Client);
        using var read = await world.GetAsync("pohjois-savo-record/Flag/100102-1");
        using var create = await world.CreateAsync(Entries.Counselling("Teksti"));

        Assert.Equal((503, 503, 503), ((int)search.StatusCode, (int)read.StatusCode, (int)create.StatusCode));
        Assert.Contains("adapter-source-unavailable", await search.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<documents><document id=\"../x\" type=\"LIIK\"/></documents>", "")]
    [InlineData("not xml", "")]
    [InlineData("<!DOCTYPE d [<!ENTITY e \"x\">]><documents>&e;</documents>", "")]
    [InlineData("<documents><document id=\"1\" type=\"LIIK\"/></documents>", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>")]
    [InlineData("<documents><document id=\"1\" type=\"LIIK\"/></documents>", "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><d>&e;</d>")]
    public async Task ARecordThatTalksNonsenseIsUnavailable(string list, string document)
    {
        await using var nonsense = await StartAsync(list, document);
        await using var world = await RecordWorld.OpenAsync(documents: new Uri(nonsense.Urls.First()));

        using var search = await world.SearchAsync("Flag", Client);

        Assert.Equal(503, (int)search.StatusCode);
    }

    [Fact]
    public async Task ADocumentAboutAnotherClientIsLeftOut()
    {
        const string OfEino = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><code code=\"LIIK\" codeSystem=\"1\"/><recordTarget><patientRole>"
            + "<id root=\"1.2.246.21\" extension=\"040258-923X\"/><id root=\"1.2.246.10.99999999.10\" extension=\"2\"/></patientRole></recordTarget></ClinicalDocument>";
        await using var mixed = await StartAsync("<documents><document id=\"1\" type=\"LIIK\"/></documents>", OfEino);
        await using var world = await RecordWorld.OpenAsync(documents: new Uri(mixed.Urls.First()));

        Assert.Empty(await world.FindAsync("Patient", RecordWorld.Aino));
        Assert.Single(await world.FindAsync("Patient", RecordWorld.Eino));
    }

    [Fact]
    public async Task AConnectionThatBreaksBeforeTheAcknowledgementStoresTheDocumentOnce()
    {
        await using var world = await RecordWorld.OpenAsync();
        var before = (await world.NativeDocumentsAsync()).GetArrayLength();
        using var cutter = new TcpListener(IPAddress.Loopback, 0);
        cutter.Start();
        var target = world.Simulators.MllpPort("patient-record");
#pragma warning disable CA2025 // awaited below, before the listener's end
        var cutting = CutFirstAsync(cutter, target);
#pragma warning restore CA2025
        await using var through = await RecordWorld.OpenAsync(sendMllp: new Uri($"mllp://127.0.0.1:{((IPEndPoint)cutter.LocalEndpoint).Port}"));

        using var answer = await through.CreateAsync(Entries.Counselling("Kerran vain"));

        await cutting;
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(before + 1, (await world.NativeDocumentsAsync()).GetArrayLength());
    }

    [Fact]
    public async Task ARecordThatNeverAcknowledgesLeavesTheOutcomeUnknownInBoundedTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var world = await RecordWorld.OpenAsync(sendMllp: new Uri($"mllp://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"));

        using var answer = await world.CreateAsync(Entries.Counselling("Teksti"));

        Assert.Equal(504, (int)answer.StatusCode);
    }

    [Fact]
    public async Task ALimitThatTheMappingDoesNotKnowIsNotLeftOutSilently()
    {
        using var standard = new StreamReader(typeof(ISourceSystem).Assembly.GetManifestResourceStream("mappings/pegasos-like.yaml")!);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, (await standard.ReadToEndAsync()).Replace("      R02: {code: heart-rate-ceiling}\n", string.Empty, StringComparison.Ordinal));
        await using var world = await RecordWorld.OpenAsync(mapping: file);
        File.Delete(file);

        using var limits = await world.SearchAsync("Flag", Client);

        Assert.Equal(503, (int)limits.StatusCode);
        Assert.Single(await world.FindAsync("Goal", RecordWorld.Aino));
    }

    [Fact]
    public async Task ABrokenMappingStopsTheStartAndNamesEveryFault()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "personIdRoot: 1.2\nsections:\n  - {section: X, resource: Bundle, codes: nothing}\n");

        var fault = await Assert.ThrowsAsync<AdapterSettingsException>(() => RecordWorld.OpenAsync(mapping: file));

        File.Delete(file);
        Assert.Contains("`Bundle` is not one of", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no code map `nothing`", fault.Message, StringComparison.Ordinal);
        Assert.Contains("sectionSystem", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Passes the first message on, swallows its acknowledgement and hangs up; passes the second connection through.</summary>
    private static async Task CutFirstAsync(TcpListener cutter, int target)
    {
        for (var round = 0; round < 2; round++)
        {
            using var from = await cutter.AcceptTcpClientAsync();
            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, target);
            var message = new Sisote.Adapters.Hl7v2.MllpStream(from.GetStream(), 100_000);
            var record = new Sisote.Adapters.Hl7v2.MllpStream(to.GetStream(), 100_000);
            await record.WriteAsync(Assert.IsType<Sisote.Adapters.Hl7v2.MllpFraming.Message>(await message.ReadAsync(default)).Bytes, default);
            var acknowledgement = Assert.IsType<Sisote.Adapters.Hl7v2.MllpFraming.Message>(await record.ReadAsync(default));
            if (round == 1)
            {
                await message.WriteAsync(acknowledgement.Bytes, default);
            }
        }
    }

    private static async Task<WebApplication> StartAsync(string list, string document)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/documents/query", () => Results.Text(list, "application/xml"));
        app.MapGet("/documents/{id}", () => Results.Text(document, "text/xml"));
        await app.StartAsync();
        return app;
    }
}
