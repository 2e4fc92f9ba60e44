// The exercise-counselling adapter against the real product simulator.
using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Microsoft.AspNetCore.Http;
using Sisote.Adapters.Sources;
using Sisote.Simulators;
using Task = System.Threading.Tasks.Task;

namespace Sisote.Tests.Adapters.ExerciseCounselling;

public sealed class ExerciseCounsellingTests
{
    private const string Crm = "kuopio-liikunta";

    [Fact]
    public async Task AReferralArrivesOnceHoweverOftenItIsSent()
    {
        await using var house = await SectorHouse.StartAsync();

        var first = await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));
        var again = await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));

        Assert.Equal(200, first.Status);
        Assert.Equal(first.Places, again.Places);
        Assert.Equal(["Patient", "ServiceRequest", "Flag", "Goal", "CarePlan"], first.Places.Select(static place => place.Split('/')[0]));
        using var workList = JsonDocument.Parse((await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/tyojono", user: "ohjaaja-salmi")).Body);
        var row = Assert.Single(workList.RootElement.EnumerateArray());
        Assert.Equal("Aaltonen Aino Maria", row.GetProperty("asiakas").GetString());
        Assert.Equal("Pohjois-Savon hyvinvointialue", row.GetProperty("lahettaja").GetString());
    }

    [Fact]
    public async Task ADifferentReferralUnderTheSameKeyIsRefused()
    {
        await using var house = await SectorHouse.StartAsync();
        await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));

        var other = await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino, instruction: "Jotain muuta."));

        Assert.Equal(422, other.Status);
        Assert.Contains("adapter-entry-refused", other.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasReferredIsReadBackForThatClientAlone()
    {
        await using var house = await SectorHouse.StartAsync();
        await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));
        await house.CreateAsync(Crm, "key-2", SomeReferral.Of(SectorHouse.Eino, "light-exertion-only"));

        foreach (var (type, category) in new[] { ("Patient", null), ("ServiceRequest", "exercise-referral"), ("Flag", "exercise-restriction"), ("Goal", "exercise"), ("CarePlan", "exercise-plan") })
        {
            var (status, found, _) = await house.SearchClientAsync(Crm, type, SectorHouse.Aino);

            Assert.Equal(200, status);
            var only = Assert.Single(found);
            FacadeContract.Holds(only, SectorHouse.Aino, category);
            var read = await house.ReadAsync(Crm, type, only.Id!);
            Assert.Equal(200, read.Status);
            Assert.True(only.IsExactly(read.Found!));
        }

        var flag = Assert.IsType<Flag>((await house.SearchClientAsync(Crm, "Flag", SectorHouse.Aino)).Found.Single());
        Assert.Equal("avoid-heavy-lifting", flag.Code!.Coding.Single().Code);
        var goal = Assert.IsType<Goal>((await house.SearchClientAsync(Crm, "Goal", SectorHouse.Aino)).Found.Single());
        Assert.Equal(3m, Assert.IsType<Quantity>(goal.Target.Single().Detail).Value);
    }

    [Fact]
    public async Task TheWorkListShowsTheReferralsOfAllClients()
    {
        await using var house = await SectorHouse.StartAsync();
        await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino));
        await house.CreateAsync(Crm, "key-2", SomeReferral.Of(SectorHouse.Eino));

        var (_, all, _) = await house.SearchAsync(Crm, "ServiceRequest", ("category", SectorHouse.Category + "|exercise-referral"), ("status", "active"));
        var (_, one, _) = await house.SearchAsync(Crm, "ServiceRequest", ("_count", "1"));
        var (_, none, _) = await house.SearchAsync(Crm, "ServiceRequest", ("status", "completed"));

        Assert.Equal([SectorHouse.Aino, SectorHouse.Eino], all.Select(static resource => ((ServiceRequest)resource).Subject!.Identifier!.Value!));
        Assert.All(all, resource => FacadeContract.Holds(resource, ((ServiceRequest)resource).Subject!.Identifier!.Value!, "exercise-referral"));
        Assert.Single(one);
        Assert.Empty(none);
    }

    [Theory]
    [InlineData(700, 200)]
    [InlineData(5_000, 200)]
    [InlineData(5_001, 503)]
    public async Task AListIsWholeOrRefusedAndNeverCutInSilence(int customers, int status)
    {
        await using var many = await HostileSystem.StartAsync(call =>
        {
            var page = int.Parse(call.Request.Query["sivu"]!, System.Globalization.CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(0, customers).Skip((page - 1) * 200).Take(200)
                .Select(static number => $$"""{"asiakasId":"a-{{number}}","henkilotunnus":"120385-911F","sukunimi":"X","etunimet":"Y"}""");
            return call.Response.WriteAsync($$"""{"rivit":[{{string.Join(',', rows)}}],"yhteensa":{{customers}}}""");
        });
        await using var house = await StartWithAsync(many);

        var (got, found, _) = await house.SearchAsync(Crm, "Patient");

        Assert.Equal((status, status == 200 ? customers : 0), (got, found.Count));
    }

    public static TheoryData<string, string, Action<Resource[]>> Uncarried => new()
    {
        { "a goal for a day", "Goal.target.due", static all => ((Goal)all[3]).Target[0].Due = new Date("2027-01-01") },
        { "a goal of less than", "Goal.target.detail.comparator", static all => ((Quantity)((Goal)all[3]).Target[0].Detail!).Comparator = Quantity.QuantityComparator.LessThan },
        { "a goal that was reached", "Goal.achievementStatus", static all => ((Goal)all[3]).AchievementStatus = new CodeableConcept("http://terminology.hl7.org/CodeSystem/goal-achievement", "achieved") },
        { "a plan with its goals", "CarePlan.goal", static all => ((CarePlan)all[4]).Goal = [new ResourceReference("urn:uuid:1")] },
        { "a step that may not be taken", "CarePlan.activity.detail.doNotPerform", static all => ((CarePlan)all[4]).Activity[0].Detail!.DoNotPerform = true },
        { "who warns", "Flag.author", static all => ((Flag)all[2]).Author = new ResourceReference { Identifier = new Identifier("urn:oid:1.2", "1") } },
        { "who asks", "ServiceRequest.requester", static all => ((ServiceRequest)all[1]).Requester = new ResourceReference { Identifier = new Identifier("urn:oid:1.2", "1") } },
        { "who shall do it", "ServiceRequest.performer", static all => ((ServiceRequest)all[1]).Performer = [new ResourceReference { Identifier = new Identifier("urn:oid:1.2", "1") }] },
        { "an end that is a year", "ServiceRequest.occurrence.end", static all => ((Period)((ServiceRequest)all[1]).Occurrence!).End = "2027" },
        { "two telephones", "Patient.telecom", static all => ((Patient)all[0]).Telecom.Add(new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = "+358 40 000 0912" }) },
        { "two addresses", "Patient.address", static all => ((Patient)all[0]).Address.Add(new Address { City = "Varkaus" }) },
        { "an address of two lines", "Patient.address.line", static all => ((Patient)all[0]).Address[0].Line = ["Keksitynkatu 5", "A 2"] },
        { "two names", "Patient.name", static all => ((Patient)all[0]).Name.Add(new HumanName { Family = "Toinen", Given = ["Nimi"] }) },
    };

    [Theory]
    [MemberData(nameof(Uncarried))]
    public async Task WhatTheProductHasNoPlaceForRefusesTheReferralByName(string what, string element, Action<Resource[]> add)
    {
        await using var house = await SectorHouse.StartAsync();
        var referral = SomeReferral.Of(SectorHouse.Aino);
        add(referral);

        var answer = await house.CreateAsync(Crm, "key-1", referral);

        Assert.True(answer.Status == 422, what);
        Assert.Contains(element, answer.Body, StringComparison.Ordinal);
        Assert.Equal("[]", (await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/tyojono")).Body);
    }

    [Fact]
    public async Task MeasurementsComeAsLoincAndWhatTheMappingWithholdsStays()
    {
        await using var house = await SectorHouse.StartAsync();

        var (_, found, body) = await house.SearchClientAsync(Crm, "Observation", SectorHouse.Onni);

        Assert.All(found, resource => FacadeContract.Holds(resource, SectorHouse.Onni));
        Assert.Equal(["89555-7", "85354-9"], found.Cast<Observation>().Select(static one => one.Code!.Coding.Single().Code));
        Assert.Equal([128m, 82m], found.Cast<Observation>().Last().Component.Select(static part => ((Quantity)part.Value!).Value!.Value));
        Assert.DoesNotContain("6200", body, StringComparison.Ordinal);
        Assert.DoesNotContain("kuntosalin", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-limit")]
    [InlineData("F32.1")]
    public async Task AnUnknownLimitRefusesTheWholeReferral(string code)
    {
        await using var house = await SectorHouse.StartAsync();

        var answer = await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino, code));

        Assert.Equal(422, answer.Status);
        Assert.DoesNotContain(code, answer.Body, StringComparison.Ordinal);
        Assert.Equal("[]", (await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/tyojono")).Body);
    }

    [Fact]
    public async Task AReferralWithSomethingElseInItIsRefusedAsAWhole()
    {
        await using var house = await SectorHouse.StartAsync();
        var diagnosis = new Condition { Subject = SomeReferral.Request(SectorHouse.Aino).Subject };

        var withMore = await house.CreateAsync(Crm, "key-1", [.. SomeReferral.Of(SectorHouse.Aino), diagnosis]);
        var alone = await house.CreateAsync(Crm, "key-2", SomeReferral.Request(SectorHouse.Aino));

        Assert.Equal((422, 422), (withMore.Status, alone.Status));
    }

    [Fact]
    public async Task UnderASafetyProhibitionNoAddressReachesTheProductOrComesBack()
    {
        await using var house = await SectorHouse.StartAsync();

        await house.CreateAsync(Crm, "key-1", SomeReferral.Person(SectorHouse.Eino, isProtected: true), SomeReferral.Request(SectorHouse.Eino));

        var (_, found, body) = await house.SearchClientAsync(Crm, "Patient", SectorHouse.Eino);
        var patient = Assert.IsType<Patient>(Assert.Single(found));
        Assert.Empty(patient.Address);
        Assert.Equal("TURVAKIELTO", patient.Meta!.Security.Single().Code);
        Assert.DoesNotContain("Keksitynkatu", body + (await house.AskNativeAsync("exercise", HttpMethod.Get, "api/v1/asiakkaat")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownClientLooksLikeAClientWithoutData()
    {
        await using var house = await SectorHouse.StartAsync();

        Assert.Equal((200, 0), await Count("Flag", SectorHouse.Lumi));
        Assert.Equal((200, 0), await Count("Flag", SectorHouse.Onni));
        Assert.Equal(404, (await house.ReadAsync(Crm, "Flag", "r-nothere")).Status);

        async Task<(int, int)> Count(string type, string hetu)
        {
            var (status, found, _) = await house.SearchClientAsync(Crm, type, hetu);
            return (status, found.Count);
        }
    }

    [Fact]
    public async Task AProductThatIsDownGivesTryAgainLater()
    {
        await using var house = await SectorHouse.StartAsync();
        await house.Simulators.DisposeAsync();

        Assert.Equal(503, (await house.SearchClientAsync(Crm, "Flag", SectorHouse.Aino)).Status);
        Assert.Equal(503, (await house.ReadAsync(Crm, "Flag", "r-abc")).Status);
        Assert.Equal(503, (await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
    }

    public static TheoryData<int, string> BrokenAnswers => new()
    {
        { 200, "<html>Sisäinen virhe 120385-911F</html>" },
        { 200, "{\"rivit\":[{\"asiakasId\":\"a-1\",\"asiakasId\":\"a-2\"}],\"yhteensa\":1}" },
        { 200, "{\"rivit\":[{\"asiakasId\":\"a-1\",\"henkilotunnus\":\"040258-923X\",\"sukunimi\":\"X\",\"etunimet\":\"Y\"}],\"yhteensa\":1}" },
        { 200, "{\"rivit\":null,\"yhteensa\":1}" },
        { 200, "{\"rivit\":" + new string('[', 500) },
        { 200, "" },
        { 302, "" },
        { 418, "{}" },
        { 401, "120385-911F" },
        { 500, "stack trace 120385-911F" },
    };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task ABrokenAnswerIsACleanFaultAndNothingOfItComesThrough(int status, string answer)
    {
        await using var hostile = await HostileSystem.StartAsync(status, answer);
        await using var house = await StartWithAsync(hostile);

        var (got, found, body) = await house.SearchClientAsync(Crm, "Patient", SectorHouse.Aino);

        Assert.Equal(503, got);
        Assert.Empty(found);
        Assert.Contains("adapter-source-unavailable", body, StringComparison.Ordinal);
        Assert.DoesNotContain("911F", body, StringComparison.Ordinal);
        Assert.All(hostile.Asked, static asked => Assert.DoesNotContain("911F", asked.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnEndlessAnswerIsCutOff()
    {
        await using var hostile = await HostileSystem.StartAsync(static async call =>
        {
            var block = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
            while (!call.RequestAborted.IsCancellationRequested)
            {
                await call.Response.Body.WriteAsync(block);
            }
        });
        await using var house = await StartWithAsync(hostile);

        Assert.Equal(503, (await house.SearchClientAsync(Crm, "Patient", SectorHouse.Aino)).Status);
    }

    [Fact]
    public async Task ASecondProductIsConnectedByConfigurationAlone()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-second-").FullName;
        await using var second = await SimulatorsRoom.StartAsync([new() { Kind = "exercise", HttpPort = 0 }], new SimulatorSettings { DataDirectory = folder }, TestContext.Current.CancellationToken);
        await using var house = await SectorHouse.StartAsync((systems, _) => systems.Add(SectorHouse.Entry(
            "siilinjarvi-liikunta", "exercise-counselling", "siilinjarvi", ("address", second.HttpAddress("exercise") + "api/v1"), ("apiKeyFile", Path.Combine(folder, "exercise", "api-key")), ("timeoutSeconds", "5"))));

        Assert.Equal(200, (await house.CreateAsync("siilinjarvi-liikunta", "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
        Assert.Equal(200, (await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Eino))).Status);

        var there = await house.SearchAsync("siilinjarvi-liikunta", "ServiceRequest");
        var here = await house.SearchAsync(Crm, "ServiceRequest");
        FacadeContract.Holds(Assert.Single(there.Found), SectorHouse.Aino);
        FacadeContract.Holds(Assert.Single(here.Found), SectorHouse.Eino);
    }

    [Fact]
    public async Task AnInstallationsOwnMappingIsUsed()
    {
        await using var house = await SectorHouse.StartAsync((systems, folder) =>
        {
            using var stream = typeof(ISourceSystem).Assembly.GetManifestResourceStream("mappings/exercise-counselling.yaml")!;
            using var reader = new StreamReader(stream);
            File.WriteAllText(Path.Combine(folder, "own.yaml"), reader.ReadToEnd().Replace("code: avoid-heavy-lifting", "code: own-code", StringComparison.Ordinal));
            return systems.SetItem(0, With(systems[0], "mapping", "own.yaml"));
        });

        Assert.Equal(422, (await house.CreateAsync(Crm, "key-1", SomeReferral.Of(SectorHouse.Aino))).Status);
        Assert.Equal(200, (await house.CreateAsync(Crm, "key-2", SomeReferral.Of(SectorHouse.Aino, "own-code"))).Status);
    }

    [Theory]
    [InlineData("tables:\n  categories:\n    rows:\n      - {native: lahete, code: a}\n", "lacks the table")]
    [InlineData("tables:\n  restrictions:\n    rows:\n      - {native: x, code: a}\n      - {native: x, code: b}\n", "maps something twice in the table `restrictions`")]
    [InlineData("tables: [", "is not a mapping (line")]
    [InlineData("tabels: {}", "is not a mapping (line")]
    public async Task AMappingWithAFaultStopsTheStartAndNamesIt(string yaml, string fault)
    {
        var refused = await Assert.ThrowsAsync<AdapterSettingsException>(() => SectorHouse.StartAsync((systems, folder) =>
        {
            File.WriteAllText(Path.Combine(folder, "own.yaml"), yaml);
            return systems.SetItem(0, With(systems[0], "mapping", "own.yaml"));
        }));

        Assert.Contains("system `kuopio-liikunta`: adapter setting `mapping` ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    private static Task<SectorHouse> StartWithAsync(HostileSystem hostile) =>
        SectorHouse.StartAsync((systems, _) => systems.SetItem(0, With(systems[0], "address", hostile.Address.AbsoluteUri)));

    private static Policy.Deployments.SystemEntry With(Policy.Deployments.SystemEntry system, string setting, string value) =>
        system with { Adapter = system.Adapter! with { Settings = system.Adapter.Settings.SetItem(setting, value) } };
}
