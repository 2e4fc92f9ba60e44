// The student-welfare adapter against the real record simulator, and its door for notices.
using System.Text;
using Hl7.Fhir.Model;
using Sisote.Adapters.Facade;
using Sisote.Adapters.Native;
using Sisote.Adapters.StudentWelfare;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.StudentWelfare;

public sealed class StudentWelfareTests
{
    private const string Welfare = "kuopio-opiskeluhuolto";
    private const string Notice = "palvelu/tarpeet/n-lumi01/kerro-opettajalle";

    private static readonly string[] WhatMustStay = ["vanhempien", "univaikeuksia", "yksinäisyydestä", "riidoista"];

    [Theory]
    [InlineData("Patient", null, 1)]
    [InlineData("Flag", "study-arrangement", 3)]
    [InlineData("CareTeam", "student-welfare-expert-group", 1)]
    [InlineData("CarePlan", "expert-group-plan", 1)]
    public async Task APupilsNeedsAndGroupAreReadAndTheJournalStays(string type, string? category, int count)
    {
        await using var house = await SectorHouse.StartAsync();

        var (status, found, body) = await house.SearchClientAsync(Welfare, type, SectorHouse.Lumi);

        Assert.Equal((200, count), (status, found.Count));
        Assert.All(found, resource => FacadeContract.Holds(resource, SectorHouse.Lumi, category));
        Assert.All(WhatMustStay, text => Assert.DoesNotContain(text, body, StringComparison.Ordinal));
        Assert.True(found[0].IsExactly((await house.ReadAsync(Welfare, type, found[0].Id!)).Found!));
        Assert.Equal(count, (await house.SearchAsync(Welfare, type)).Found.Count);
    }

    [Fact]
    public async Task TheRecordTakesNoEntriesAndOffersNothingElse()
    {
        await using var house = await SectorHouse.StartAsync();

        Assert.Equal(422, (await house.CreateAsync(Welfare, "key-1", SomeReferral.Limit(SectorHouse.Lumi, "avoid-high-impact"))).Status);
        Assert.Equal((200, 0), await house.SearchClientAsync(Welfare, "DocumentReference", SectorHouse.Lumi) is var (status, found, _) ? (status, found.Count) : default);
        Assert.Empty((await house.SearchClientAsync(Welfare, "Flag", SectorHouse.Aino)).Found);
        Assert.Equal(404, (await house.ReadAsync(Welfare, "Flag", "n-nothere")).Status);
    }

    [Fact]
    public async Task TellTheTeacherSendsTheNeedAloneInTheProfessionalsName()
    {
        await using var gateway = await HostileSystem.StartAsync(static call =>
        {
            call.Response.StatusCode = 201;
            call.Response.Headers["Sisote-Receipt"] = "receipt-7";
            return Task.CompletedTask;
        });
        await using var house = await StartAsync(gateway);

        var told = await house.AskNativeAsync("student-welfare", HttpMethod.Post, Notice, user: "kur-virta");

        Assert.Equal(200, told.Status);
        Assert.Contains("tila=\"toimitettu\"", told.Body, StringComparison.Ordinal);
        Assert.Contains("kuitti=\"receipt-7\"", told.Body, StringComparison.Ordinal);
        var asked = Assert.Single(gateway.Asked);
        Assert.Equal("/fhir/kuopio-koulu/Flag", asked.Address);
        Assert.StartsWith("necessity-statement=%\"Opettaja tarvitsee tiedon taukojen j%c3%a4rjest", asked.Headers["Sisote-Context"], StringComparison.Ordinal);
        Assert.StartsWith("i-", asked.Headers["Idempotency-Key"], StringComparison.Ordinal);
        var flag = Assert.IsType<Flag>(FhirBody.Parse(Encoding.UTF8.GetBytes(asked.Body)));
        Assert.Equal("extra-breaks", flag.Code!.Coding.Single().Code);
        Assert.Equal(SectorHouse.Lumi, flag.Subject!.Identifier!.Value);
        Assert.True(flag.Id is null && flag.Author is null && flag.Subject.Reference is null && flag.Subject.Display is null);
        var business = Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(asked.Headers["Authorization"].Split('.')[1]));
        Assert.Contains("\"client_id\":\"kuopio-opiskeluhuolto\"", business, StringComparison.Ordinal);
        Assert.Contains("\"subject_id\":\"kur-virta\"", business, StringComparison.Ordinal);
        Assert.Contains("\"subject_role\":\"kuraattori\"", business, StringComparison.Ordinal);
        Assert.Contains("\"purpose_of_use\":[\"teaching-arrangement\"]", business, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANoticeWaitsWhileTheGatewayIsDownAndGoesUnderTheSameKeyLater()
    {
        var status = 503;
        await using var gateway = await HostileSystem.StartAsync(call =>
        {
            call.Response.StatusCode = status;
            call.Response.Headers["Sisote-Receipt"] = "receipt-1";
            return Task.CompletedTask;
        });
        await using var house = await StartAsync(gateway);

        var waiting = await house.AskNativeAsync("student-welfare", HttpMethod.Post, Notice, user: "kur-virta");
        status = 201;
        var delivered = await house.AskNativeAsync("student-welfare", HttpMethod.Post, Notice, user: "kur-virta");

        Assert.Equal((202, 200), (waiting.Status, delivered.Status));
        Assert.Equal(2, gateway.Asked.Count);
        Assert.Single(gateway.Asked.Select(static asked => asked.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task ANoticeThatTheGatewayDoesNotTakeIsSettledAsRefused()
    {
        await using var gateway = await HostileSystem.StartAsync(404, "{}");
        await using var house = await StartAsync(gateway);

        var told = await house.AskNativeAsync("student-welfare", HttpMethod.Post, Notice, user: "kur-virta");

        Assert.Equal(200, told.Status);
        Assert.Contains("tila=\"hylatty\"", told.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await house.AskNativeAsync("student-welfare", HttpMethod.Post, Notice)).Status);
    }

    [Theory]
    [InlineData("<ilmoitus xmlns='urn:esimerkki:opiskeluhuolto:1'/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>")]
    [InlineData("not xml")]
    public async Task ABrokenNoticeIsRefusedAndNeverReachesTheGateway(string xml)
    {
        await using var gateway = await HostileSystem.StartAsync(201, "");
        await using var house = await StartAsync(gateway);
        var key = await File.ReadAllTextAsync(Path.Combine(house.Folder, "simulators", "student-welfare", "outgoing-key"), TestContext.Current.CancellationToken);

        Assert.Equal(422, await KnockAsync(house, xml, key));
        Assert.Equal(401, await KnockAsync(house, xml, "wrong"));
        Assert.Equal(401, await KnockAsync(house, xml, null));
        Assert.Empty(gateway.Asked);
    }

    [Theory]
    [InlineData("150914A934N tarvitsee taukoja")]
    [InlineData("kuraattori-x")]
    public async Task ANecessityWithAnIdentityCodeOrAnUnknownRoleIsRefused(string text)
    {
        await using var gateway = await HostileSystem.StartAsync(201, "");
        await using var house = await StartAsync(gateway);
        var role = text == "kuraattori-x" ? text : "kuraattori";
        var xml = $"<ilmoitus xmlns='urn:esimerkki:opiskeluhuolto:1' tunniste='i-1'><laatija tunnus='kur-virta' nimi='V' tehtava='{role}'/><oppilas id='o-1'><henkilo><henkilotunnus>150914A934N</henkilotunnus>"
            + $"<sukunimi>L</sukunimi><etunimet>L</etunimet></henkilo></oppilas><tarve id='n-1' koodi='OJ10' alkaa='2026-09-01' kirjaaja='kur-virta'><valttamattomyys>{text}</valttamattomyys></tarve></ilmoitus>";
        var key = await File.ReadAllTextAsync(Path.Combine(house.Folder, "simulators", "student-welfare", "outgoing-key"), TestContext.Current.CancellationToken);

        Assert.Equal(422, await KnockAsync(house, xml, key));
        Assert.Empty(gateway.Asked);
    }

    [Theory]
    [InlineData("<oppilaat xmlns='urn:esimerkki:opiskeluhuolto:1'><oppilas id='o-1'/></oppilaat>")]
    [InlineData("<oppilaat/>")]
    [InlineData("<!DOCTYPE oppilaat SYSTEM 'file:///etc/passwd'><oppilaat xmlns='urn:esimerkki:opiskeluhuolto:1'/>")]
    [InlineData("<!DOCTYPE o [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><oppilaat xmlns='urn:esimerkki:opiskeluhuolto:1'>&b;</oppilaat>")]
    [InlineData("<oppilaat xmlns='urn:esimerkki:opiskeluhuolto:1'><a><a><a><a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a></a></a></a></a></oppilaat>")]
    [InlineData("")]
    public async Task ABrokenAnswerIsACleanFault(string answer)
    {
        await using var hostile = await HostileSystem.StartAsync(200, answer);
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.SetItem(2, systems[2] with
        {
            Adapter = systems[2].Adapter! with { Settings = systems[2].Adapter!.Settings.SetItem("address", hostile.Address.AbsoluteUri) },
        }));

        Assert.Equal(503, (await house.SearchClientAsync(Welfare, "Flag", SectorHouse.Lumi)).Status);
        Assert.All(hostile.Asked, static asked => Assert.DoesNotContain("150914A934N", asked.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARecordThatIsDownGivesTryAgainLater()
    {
        await using var house = await SectorHouse.StartAsync();
        await house.Simulators.DisposeAsync();

        Assert.Equal(503, (await house.SearchClientAsync(Welfare, "Flag", SectorHouse.Lumi)).Status);
        Assert.Equal(503, (await house.ReadAsync(Welfare, "Flag", "n-lumi01")).Status);
    }

    [Fact]
    public void IdsOfTheFacadeAreShortAndStable()
    {
        var id = FacadeId.FromAny("1f9a-LONG-Sourced_Id/åäö");

        Assert.Equal(15, id.Length);
        Assert.True(FacadeId.IsId(id));
        Assert.Equal(id, FacadeId.FromAny("1f9a-LONG-Sourced_Id/åäö"));
        Assert.False(FacadeId.IsId("UPPER") || FacadeId.IsId("") || FacadeId.IsId("sixteen-letters-") || FacadeId.IsId("a/b"));
    }

    private static async Task<SectorHouse> StartAsync(HostileSystem gateway)
    {
        var house = await SectorHouse.StartAsync(gateway: gateway.Address);
        house.Simulators.SendTo("student-welfare", house.Source<StudentWelfareSystem>(Welfare).Notices!.Address);
        return house;
    }

    private static async Task<int> KnockAsync(SectorHouse house, string xml, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, house.Source<StudentWelfareSystem>(Welfare).Notices!.Address) { Content = new StringContent(xml, Encoding.UTF8, "application/xml") };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var answer = await house.Native.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
