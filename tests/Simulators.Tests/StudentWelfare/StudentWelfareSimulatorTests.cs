// The student-welfare record by itself.
namespace Sisote.Tests.Simulators.StudentWelfare;

public sealed class StudentWelfareSimulatorTests
{
    private const string Ns = "xmlns='urn:esimerkki:opiskeluhuolto:1'";
    private const string Xml = "application/xml";

    [Fact]
    public async Task NobodyComesInWithoutKeyOrAccount()
    {
        await using var house = await NativeHouse.StartAsync("student-welfare");

        Assert.Equal(401, (await house.AskAsync(HttpMethod.Get, "palvelu/oppilaat", user: "")).Status);
        Assert.Equal(401, (await house.AskAsync(HttpMethod.Post, "palvelu/tarpeet/n-lumi01/kerro-opettajalle", user: "")).Status);
        Assert.Equal(200, (await house.AskAsync(HttpMethod.Get, "palvelu/oppilaat", user: "kur-virta")).Status);
    }

    [Fact]
    public async Task TheRecordHoldsMoreThanMayEverLeave()
    {
        await using var house = await NativeHouse.StartAsync("student-welfare");

        var found = await house.AskAsync(HttpMethod.Post, "palvelu/haku", $"<haku {Ns}><henkilotunnus>150914A934N</henkilotunnus></haku>", type: Xml);
        var nobody = await house.AskAsync(HttpMethod.Post, "palvelu/haku", $"<haku {Ns}><henkilotunnus>120385-911F</henkilotunnus></haku>", type: Xml);

        Assert.Contains("koodi=\"OJ10\"", found.Body, StringComparison.Ordinal);
        Assert.Contains("univaikeuksia", found.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<oppilas ", nobody.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><haku xmlns='urn:esimerkki:opiskeluhuolto:1'><henkilotunnus>&b;</henkilotunnus></haku>")]
    [InlineData("<haku><henkilotunnus>150914A934N</henkilotunnus></haku>")]
    [InlineData("nothing")]
    public async Task ABrokenQuestionIsRefused(string xml)
    {
        await using var house = await NativeHouse.StartAsync("student-welfare");

        Assert.Equal(400, (await house.AskAsync(HttpMethod.Post, "palvelu/haku", xml, type: Xml)).Status);
    }

    [Fact]
    public async Task ANeedAndAWaitingNoticeSurviveARestart()
    {
        await using var house = await NativeHouse.StartAsync("student-welfare");
        var need = $"<tarve {Ns} koodi='OJ30' alkaa='2026-11-23'><valttamattomyys>Koulupäivä on lyhyempi.</valttamattomyys></tarve>";

        var recorded = await house.AskAsync(HttpMethod.Post, "palvelu/oppilaat/o-lumi01/tarpeet", need, user: "kur-virta", type: Xml);
        var unknown = await house.AskAsync(HttpMethod.Post, "palvelu/oppilaat/o-lumi01/tarpeet", need.Replace("OJ30", "F32", StringComparison.Ordinal), user: "kur-virta", type: Xml);
        var told = await house.AskAsync(HttpMethod.Post, "palvelu/tarpeet/n-lumi01/kerro-opettajalle", user: "kur-virta");
        await house.StopAsync();
        await house.StartAgainAsync();

        Assert.Equal((201, 422, 202), (recorded.Status, unknown.Status, told.Status));
        Assert.Contains("koodi=\"OJ30\"", (await house.AskAsync(HttpMethod.Get, "palvelu/oppilaat")).Body, StringComparison.Ordinal);
        Assert.Contains("tila=\"odottaa\"", (await house.AskAsync(HttpMethod.Get, "palvelu/ilmoitukset")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyAProfessionalTellsTheTeacher()
    {
        await using var house = await NativeHouse.StartAsync("student-welfare");

        Assert.Equal(403, (await house.AskAsync(HttpMethod.Post, "palvelu/tarpeet/n-lumi01/kerro-opettajalle")).Status);
        Assert.Equal(404, (await house.AskAsync(HttpMethod.Post, "palvelu/tarpeet/n-none/kerro-opettajalle", user: "kur-virta")).Status);
    }
}
