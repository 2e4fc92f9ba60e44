// The counsellor's entry: by keyboard alone, kept while typed, never lost.
using System.Text;
using Microsoft.Playwright;

namespace Sisote.Tests.Portal;

public sealed class EntryFormTests(Chromium chromium)
{
    [Fact]
    public async Task AnEntryIsWrittenAndSentWithTheKeyboardAlone()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await OpenEntryAsync(house);

        await page.Locator("#day").FocusAsync();
        await PressAsync(page, "Tab");
        await page.Keyboard.TypeAsync("5");
        for (var field = 0; field < 5; field++)
        {
            await PressAsync(page, "Tab");
        }

        await page.Keyboard.TypeAsync("Sovittiin kaksi kävelykertaa viikossa.");
        await PressAsync(page, "Tab");
        await PressAsync(page, "Enter");
        await page.WaitForURLAsync("**/preview");
        Assert.Contains("Liikuntaneuvonnan kirjaus", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("main form.buttons button").FocusAsync();
        await PressAsync(page, "Enter");
        await page.WaitForURLAsync("**/receipt");

        var (_, body) = Assert.Single(house.Gateway.Written);
        var resources = body["entry"]!.AsArray().Select(static entry => entry!["resource"]!).ToList();
        Assert.Equal("Sovittiin kaksi kävelykertaa viikossa.", Encoding.UTF8.GetString(Convert.FromBase64String(resources[0]["content"]![0]!["attachment"]!["data"]!.ToString())));
        Assert.Equal("89555-7", resources[1]["code"]!["coding"]![0]!["code"]!.ToString());
        Assert.Equal(5m, resources[1]["valueQuantity"]!["value"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task WhatIsTypedIsKeptAndSurvivesARestartOfThePortal()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await OpenEntryAsync(house);

        await page.Locator("#text").FillAsync("Kesken jäänyt teksti");
        await page.WaitForResponseAsync(static answer => answer.Url.EndsWith("/save", StringComparison.Ordinal) && answer.Ok);
        await house.RestartAsync();
        await page.GotoAsync(house.Address + "worklist");
        await page.Locator("main a[href^='/entries/']").ClickAsync();

        Assert.Equal("Kesken jäänyt teksti", await page.Locator("#text").InputValueAsync());
        Assert.DoesNotContain("Kesken", await EverythingKeptAsync(house), StringComparison.Ordinal);
        Assert.Equal("0", await page.EvaluateAsync<string>("String(localStorage.length + sessionStorage.length)"));
    }

    [Fact]
    public async Task WhenTheAgreementHasEndedTheFeedbackModeIsOfferedWithTheTextKept()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.AgreementEnded = true;
        var page = await OpenEntryAsync(house);

        await page.Locator("#text").FillAsync("Palautetta lääkärille");
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.Locator("main form.buttons button").Last.ClickAsync();
        Assert.Contains("ei ole voimassa", await page.Locator("main .note.bad").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("main .note.bad button").ClickAsync();
        Assert.Contains("Palautetta lääkärille", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("main form.buttons button").Last.ClickAsync();
        await page.WaitForURLAsync("**/receipt");

        var (_, body) = Assert.Single(house.Gateway.Written);
        Assert.Equal("Communication", body["resourceType"]!.ToString());
        Assert.Equal("Palautetta lääkärille", body["payload"]![0]!["contentString"]!.ToString());
        Assert.NotNull(house.Gateway.Contexts.Last().Find("human-release"));
    }

    [Fact]
    public async Task WhenTheTargetIsDownNothingIsLostAndASecondSendingHasTheSameKey()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await OpenEntryAsync(house);

        await page.Locator("#text").FillAsync("Tärkeä teksti");
        await page.Locator("main button[type=submit]").First.ClickAsync();
        house.Gateway.RecordDown = true;
        await page.Locator("main form.buttons button").Last.ClickAsync();
        Assert.Contains("Tekstisi on tallessa", await page.Locator("main .note.warn").InnerTextAsync(), StringComparison.Ordinal);
        house.Gateway.RecordDown = false;
        await page.Locator("main form.buttons button").Last.ClickAsync();
        await page.WaitForURLAsync("**/receipt");

        Assert.Single(house.Gateway.Written);
        Assert.Equal((2, 1), (house.Gateway.Asked.Count, house.Gateway.Asked.Distinct().Count()));
        Assert.DoesNotContain("aaltonen", page.Url, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AnEntryThatWaitsIsShownToItsWriterUntilItHasArrived()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.WaitingState = "waiting";
        var page = await SendAsync(house, "Odottava teksti");
        var waits = await page.Locator("main").InnerTextAsync();
        house.Gateway.WaitingState = "unknown";
        await page.GotoAsync(house.Address + "worklist");
        var listed = await page.Locator("main").InnerTextAsync();
        await page.Locator("main a[href^='/entries/']").ClickAsync();
        var unknown = await page.Locator("main").InnerTextAsync();
        var canTakeBack = await page.Locator("main details.apart").CountAsync();
        house.Gateway.WaitingState = "delivered";
        await page.Locator("main .buttons a").ClickAsync();
        await page.WaitForURLAsync("**/receipt");

        Assert.Contains("Kirjaus odottaa", waits, StringComparison.Ordinal);
        Assert.Contains("Matkalla", listed, StringComparison.Ordinal);
        Assert.Contains("Vielä ei ole varmaa", unknown, StringComparison.Ordinal);
        Assert.Equal(0, canTakeBack);
        Assert.Contains("d-78", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(house.Gateway.Written);
    }

    [Fact]
    public async Task AnEntryThatIsTakenBackComesBackToItsWriterWithItsText()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.WaitingState = "waiting";
        var page = await SendAsync(house, "Peruttava teksti");

        await page.Locator("main details.apart summary").ClickAsync();
        await page.Locator("main details.apart button").ClickAsync();

        Assert.Equal("Peruttava teksti", await page.Locator("#text").InputValueAsync());
    }

    [Theory]
    [InlineData("refused", "sitä ei enää saa lähettää")]
    [InlineData("expired", "Sitä ei toimitettu")]
    public async Task AnEntryThatWasNotDeliveredComesBackAndSaysSo(string state, string says)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.WaitingState = "waiting";
        var page = await SendAsync(house, "Palaava teksti");
        house.Gateway.WaitingState = state;

        await page.Locator("main .buttons a").ClickAsync();

        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.Contains("Palaava teksti", text, StringComparison.Ordinal);
        Assert.DoesNotContain("suostumus", text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<IPage> SendAsync(PortalHouse house, string text)
    {
        var page = await OpenEntryAsync(house);
        await page.Locator("#text").FillAsync(text);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.Locator("main form.buttons button").Last.ClickAsync();
        await page.WaitForURLAsync("**/waiting");
        return page;
    }

    [Fact]
    public async Task TheNecessityStatementGoesWithEveryReadOfTheClient()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var page = await OpenClientAsync(house);

        Assert.Contains("Kävely 30 minuuttia", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Ensitapaamisen suunnittelu", house.Gateway.Contexts.Last().Find("necessity-statement")!.Text);
        Assert.Equal("ref-1", house.Gateway.Contexts.Last().Find("referral")!.Text);
    }

    [Fact]
    public async Task WithoutAnyPermittedDataThePageSaysOneNeutralThing()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.Closed = true;
        var page = await OpenClientAsync(house);

        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("Näytettäviä tietoja ei ole", text, StringComparison.Ordinal);
        Assert.DoesNotContain("suostumus", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WhatComesInSeveralPagesIsShownWholeWithTheNewestFirst()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.InPages = true;
        var page = await OpenClientAsync(house);

        var text = await page.Locator("main").InnerTextAsync();
        var (later, earlier) = (text.IndexOf("Uinti kerran viikossa", StringComparison.Ordinal), text.IndexOf("Kävely 30 minuuttia", StringComparison.Ordinal));
        Assert.InRange(later, 0, earlier);
    }

    [Fact]
    public async Task PartOfAnAnswerIsNeverShownAsIfItWereAll()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        (house.Gateway.InPages, house.Gateway.SecondPageGone) = (true, true);
        var page = await OpenClientAsync(house);

        Assert.DoesNotContain("Kävely 30 minuuttia", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static Task PressAsync(IPage page, string key) => page.Keyboard.PressAsync(key);

    private async Task<IPage> OpenClientAsync(PortalHouse house)
    {
        var page = await chromium.OpenAsync();
        await page.GotoAsync(house.Address + "worklist");
        await page.Locator("main a[href^='/clients/']").First.ClickAsync();
        await page.Locator("#reason-0").CheckAsync();
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/visits/*");
        return page;
    }

    private async Task<IPage> OpenEntryAsync(PortalHouse house)
    {
        var page = await OpenClientAsync(house);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/entries/*");
        return page;
    }

    private static async Task<string> EverythingKeptAsync(PortalHouse house)
    {
        var files = Directory.GetFiles(Path.Combine(house.Folder, "portal", "kept"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return string.Concat(await Task.WhenAll(files.Select(static file => File.ReadAllTextAsync(file))));
    }
}
