// Secure links: who gets what, when nothing is shown, and where the secrets are not.
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Policy.States;

namespace Sisote.Tests.Portal;

public sealed partial class LinkTests
{
    private const string Phone = "50 000 0001";

    [Fact]
    public async Task NothingIsAskedOrGivenWhenALinkIsMadeAndTheNamedRecipientSeesTheDataWithTheRightCode()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        Assert.Empty(house.Gateway.HandOvers);

        var (status, text) = await OpenAsync(house, link);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Aino Aaltonen", text, StringComparison.Ordinal);
        Assert.Contains(Phone, text, StringComparison.Ordinal);
        Assert.Contains("receipt-of-person-contact", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of-kuopio-only", text, StringComparison.Ordinal);
        var question = Assert.Single(house.Gateway.HandOvers);
        Assert.Equal(("notify", "ohjaaja-salmi"), (question["action"]!["name"]!.ToString(), question["subject"]!["id"]!.ToString()));
        Assert.Equal(("voluntary-hobby", "single-message"), (question["context"]!["purpose"]!.ToString(), question["context"]!["channel"]!.ToString()));
        Assert.Equal("Ryhmän aloitus", question["context"]!["attestations"]!["necessity-statement"]!.ToString());
        Assert.Equal(["person-contact", "person-identity", "service-language-access"], Resources(question).Select(static one => one["type"]!.ToString()).Order());
        Assert.All(Resources(question), static one => Assert.Equal(("h-aino", "kallan-kulkijat-yhteys", "meri-makinen"), (one["id"]!.ToString(), one["properties"]!["system"]!.ToString(), one["properties"]!["professional"]!.ToString())));
    }

    [Fact]
    public async Task AnItemThatMayNotGoIsNotShown()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Gateway.Permits = static (item, _) => item == "person-identity";
        var link = await MakeAsync(house);

        var (_, text) = await OpenAsync(house, link);

        Assert.Contains("Aino Aaltonen", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kuusitie", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAWithdrawalTheLinkShowsThePageOfADeadLink()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, link)).Status);

        house.Gateway.Permits = static (_, _) => false;
        var withdrawn = await OpenAsync(house, link);

        Assert.DoesNotContain("Aino", withdrawn.Text, StringComparison.Ordinal);
        Assert.Equal(await OpenAsync(house, link with { Token = new string('a', 64) }), withdrawn);
    }

    [Fact]
    public async Task AnUnknownEndedRevokedUsedUpOrLockedLinkAndAWrongCodeAreAnsweredAlike()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var unknown = await OpenAsync(house, new Made(new string('0', 64), "23CF-GH45"));
        var noToken = await OpenAsync(house, new Made("no-token", "23CF-GH45"));
        var wrongCode = await OpenAsync(house, await MakeAsync(house) with { Code = "22222222" });
        var (usedUp, locked, revoked, ended) = (await MakeAsync(house), await MakeAsync(house), await MakeAsync(house), await MakeAsync(house));
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, usedUp)).Status);
            await OpenAsync(house, locked with { Code = "22222222" });
        }

        await RevokeAsync(house, revoked);
        var answers = new List<(HttpStatusCode, string)> { noToken, wrongCode, await OpenAsync(house, usedUp), await OpenAsync(house, locked), await OpenAsync(house, revoked) };
        house.Clock.Ahead = TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1);
        answers.Add(await OpenAsync(house, ended));

        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.All(answers, answer => Assert.Equal(unknown, answer));
        Assert.Equal(5, house.Gateway.HandOvers.Count);
    }

    [Fact]
    public async Task ManyGuessesAtOnceAreNoMoreThanFive()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);

        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(house, link with { Code = "22222222" })));

        Assert.All(guesses, static guess => Assert.Equal(HttpStatusCode.NotFound, guess.Status));
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(house, link)).Status);
        Assert.Equal(5, Directory.GetFiles(house.Folder, "linktry*", SearchOption.AllDirectories).Length);
        Assert.Empty(house.Gateway.HandOvers);
        Assert.Contains("Suljettu väärien koodien takia", await ListAsync(house), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyOpeningsAtOnceAreNoMoreThanFive()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);

        var openings = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => OpenAsync(house, link)));

        Assert.InRange(openings.Count(static opening => opening.Status == HttpStatusCode.OK), 1, 5);
        Assert.InRange(house.Gateway.HandOvers.Count, 1, 5);
    }

    [Fact]
    public async Task ATypedCodeMayHaveSmallLettersAndSpacesAndNoCodeIsNoGuess()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);

        for (var time = 0; time < 6; time++)
        {
            Assert.Contains("Kirjoita koodi", (await OpenAsync(house, link with { Code = "puhelin" })).Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, link with { Code = " " + link.Code.Replace('-', ' ').ToLowerInvariant() })).Status);
    }

    [Fact]
    public async Task TheAddressLosesItsTokenBeforeAnythingIsShown()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, house.Address + "link/" + link.Token);

        using var arrived = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("/link", arrived.Headers.Location?.ToString());
        Assert.Equal("no-referrer", Assert.Single(arrived.Headers.GetValues("Referrer-Policy")));
        var cookie = Assert.Single(arrived.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/link", cookie, StringComparison.OrdinalIgnoreCase);
        using var browser = new TestBrowser(house);
        using var page = await browser.GetAsync("link/" + link.Token);
        Assert.Equal("/link", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(link.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Mäkinen", text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(house.Folder, "linkopening*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task TokenCodeAndTheClientStandNeitherInTheDiagnosticsNorReadablyInTheStore()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        await OpenAsync(house, link with { Code = "22222222" });
        await OpenAsync(house, link);
        await RevokeAsync(house, link);
        house.Gateway.AccessDown = true;
        await OpenAsync(house, await MakeAsync(house));

        var diagnostics = await ReadSharedAsync(Path.Combine(house.Folder, "log.txt"));
        Assert.Contains("showed", diagnostics, StringComparison.Ordinal);
        var kept = string.Concat(Directory.GetFiles(Path.Combine(house.Folder, "portal", "kept"), "*", SearchOption.AllDirectories).Select(static file => file + File.ReadAllText(file)));
        Assert.All([link.Token, link.Token[..16], link.Code, link.Code.Replace("-", string.Empty, StringComparison.Ordinal), "h-aino", "Aaltonen", "Mäkinen", "meri-makinen"], secret =>
        {
            Assert.DoesNotContain(secret, diagnostics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, kept, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task TheSenderSeesToWhomUntilWhenAndWhetherALinkWasOpened()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        Assert.Contains("Et ole tehnyt linkkejä", await ListAsync(house), StringComparison.Ordinal);
        var link = await MakeAsync(house);
        var before = await ListAsync(house);
        await OpenAsync(house, link);
        await house.RestartAsync(elsewhere: true);
        var after = await ListAsync(house);

        Assert.Contains("Ei ole näyttänyt tietoja", before, StringComparison.Ordinal);
        Assert.Contains("Avauksia 1", after, StringComparison.Ordinal);
        Assert.All(["Meri Mäkinen", "Kallan kulkijat ry", "Aino Aaltonen", "Avattavissa"], word => Assert.Contains(word, after, StringComparison.Ordinal));
        Assert.DoesNotContain(link.Token, after, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Code, after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, link)).Status);
    }

    [Fact]
    public async Task AColleagueNeitherSeesNorTakesBackALink()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        var id = Id(await ListAsync(house));
        house.Authority.Person = Persona.Niemi;
        using var colleague = new TestBrowser(house);

        var list = await colleague.ReadAsync("links");
        var (answer, _) = await colleague.SendAsync("links", "links?handler=Revoke", ("link", id));

        Assert.Contains("Et ole tehnyt linkkejä", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Mäkinen", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, link)).Status);
        answer.Dispose();
    }

    [Theory]
    [InlineData("links")]
    [InlineData("links/new/ref-1")]
    public async Task AClientMakesNoLinks(string path)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Aino);
        using var client = new TestBrowser(house);

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task TwoLinksOfTwoClientsDoNotMix()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        house.Consent.Referrals["ref-2"] = house.Consent.Referrals["ref-2"] with { Status = RelationshipStatus.Active };
        var (aino, onni) = (await MakeAsync(house), await MakeAsync(house, "ref-2"));

        var crossed = await OpenAsync(house, aino with { Code = onni.Code });
        var ofAino = await OpenAsync(house, aino);
        var ofOnni = await OpenAsync(house, onni);

        Assert.Equal(HttpStatusCode.NotFound, crossed.Status);
        Assert.Contains("Aino Aaltonen", ofAino.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ojala", ofAino.Text, StringComparison.Ordinal);
        Assert.Contains("Onni Ojala", ofOnni.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Aaltonen", ofOnni.Text, StringComparison.Ordinal);
        Assert.Equal(["h-aino", "h-onni"], house.Gateway.HandOvers.Select(question => Assert.Single(Resources(question).Select(static one => one["id"]!.ToString()).Distinct())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhereASystemDoesNotAnswerNothingIsShownAndNoOpeningIsUsedUp(bool register)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        (house.Gateway.RegisterDown, house.Gateway.AccessDown) = (register, !register);
        for (var time = 0; time < 6; time++)
        {
            var (status, text) = await OpenAsync(house, link);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.DoesNotContain("Aino", text, StringComparison.Ordinal);
        }

        (house.Gateway.RegisterDown, house.Gateway.AccessDown) = (false, false);

        Assert.Equal(HttpStatusCode.OK, (await OpenAsync(house, link)).Status);
    }

    [Fact]
    public async Task ALinkThatIsTakenBackWhileItIsBeingOpenedShowsNothing()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        house.Gateway.Permits = (item, _) =>
        {
            if (item == "person-identity")
            {
                Task.Run(() => RevokeAsync(house, link)).Wait(TestContext.Current.CancellationToken);
            }

            return true;
        };

        var (status, text) = await OpenAsync(house, link);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.DoesNotContain("Aino", text, StringComparison.Ordinal);
        Assert.Contains("Ei ole näyttänyt tietoja", await ListAsync(house), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageThatShowsNothingLeavesOnABeatWhateverTheReason()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        var link = await MakeAsync(house);
        house.Gateway.Permits = static (_, _) => false;
        var began = TimeProvider.System.GetTimestamp();

        await OpenAsync(house, link with { Token = new string('0', 64) });
        var unknown = TimeProvider.System.GetElapsedTime(began);

        Assert.True(unknown >= TimeSpan.FromSeconds(1), $"{unknown}");
        began = TimeProvider.System.GetTimestamp();
        await OpenAsync(house, link);
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task AFormThatIsSentTwiceMakesOneLink()
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        using var sender = new TestBrowser(house);
        var fields = Fields().Append(("Once", new string('5', 32))).ToArray();

        var (first, shown) = await sender.SendAsync("links/new/ref-1", "links/new/ref-1?handler=Make", fields);
        var (again, listed) = await sender.SendAsync("links/new/ref-1", "links/new/ref-1?handler=Make", fields);

        Assert.Matches(Address(), shown);
        Assert.Equal("/links", again.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Single(IdText().Matches(listed));
        first.Dispose();
        again.Dispose();
    }

    [Theory]
    [InlineData("Recipient", "")]
    [InlineData("Recipient", "Meri 120385-911F")]
    [InlineData("Recipient", "Мери")]
    [InlineData("Necessity", "ok")]
    [InlineData("Necessity", "asiakas 120385-911F")]
    [InlineData("Days", "400")]
    [InlineData("Way", "kuopio-koulu~voluntary-hobby")]
    public async Task ALinkIsNotMadeOutOfAFormThatDoesNotHold(string field, string value)
    {
        await using var house = await PortalHouse.StartAsync(Persona.Salmi);
        using var sender = new TestBrowser(house);

        var (answer, text) = await sender.SendAsync("links/new/ref-1", "links/new/ref-1?handler=Make", [.. Fields().Select(each => each.Name == field ? (field, value) : each)]);

        Assert.Contains("class=\"errors\"", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Address(), text);
        Assert.Empty(Directory.GetFiles(house.Folder, "linkowner*", SearchOption.AllDirectories));
        answer.Dispose();
    }

    private static IEnumerable<JsonNode> Resources(JsonObject question) => question["evaluations"]!.AsArray().Select(static one => one!["resource"]!);

    private static (string Name, string Value)[] Fields() =>
        [("Way", "kallan-kulkijat-yhteys~voluntary-hobby"), ("Recipient", "Meri  Mäkinen"), ("Necessity", "Ryhmän aloitus"), ("Days", "7")];

    private static async Task<Made> MakeAsync(PortalHouse house, string referral = "ref-1")
    {
        using var sender = new TestBrowser(house);
        var (answer, text) = await sender.SendAsync($"links/new/{referral}", $"links/new/{referral}?handler=Make", Fields());
        answer.Dispose();
        return new Made(Address().Match(text).Groups[1].Value, Code().Match(text).Groups[1].Value);
    }

    private static async Task<(HttpStatusCode Status, string Text)> OpenAsync(PortalHouse house, Made link)
    {
        using var recipient = new TestBrowser(house);
        var (answer, text) = await recipient.SendAsync("link/" + link.Token, "link", ("Code", link.Code));
        using (answer)
        {
            return (answer.StatusCode, text);
        }
    }

    private static async Task<string> ListAsync(PortalHouse house)
    {
        using var sender = new TestBrowser(house);
        return await sender.ReadAsync("links");
    }

    private static async Task RevokeAsync(PortalHouse house, Made link)
    {
        using var sender = new TestBrowser(house);
        var (answer, text) = await sender.SendAsync("links", "links?handler=Revoke", ("link", Sisote.Portal.Links.LinkSecrets.IdOf(link.Token)));
        Assert.Contains("Linkki on otettu takaisin", text, StringComparison.Ordinal);
        answer.Dispose();
    }

    private static string Id(string list) => IdText().Match(list).Groups[1].Value;

    private static async Task<string> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("/link/([0-9a-f]{64})")]
    private static partial Regex Address();

    [GeneratedRegex("<pre[^>]*>([2-9CFGHJMPQRVWX]{4}-[2-9CFGHJMPQRVWX]{4})</pre>")]
    private static partial Regex Code();

    [GeneratedRegex("<code>([0-9a-f]{32})</code>")]
    private static partial Regex IdText();

    private sealed record Made(string Token, string Code);
}
