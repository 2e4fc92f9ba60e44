// A case handed over by a secure link, through the whole house: law, consent, log, withdrawal.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed partial class LinkTests(RunningSisote house) : IClassFixture<RunningSisote>
{
    private const string Phone = "40 000 0911";

    [Fact]
    public async Task APersonWithoutAnySystemSeesByOneLinkWhatLawAndConsentPermitAtThatMomentAndNothingAfterAWithdrawal()
    {
        await house.ConsentAsync("aino");
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Aino));
        await house.AcceptAsync("Aaltonen");
        var (token, code) = await MakeAsync("Aaltonen", "Meri Mäkinen");
        Assert.Empty(await RecordsAsync());

        var unknown = await OpenAsync(new string('0', 64), code);
        var withoutConsent = await OpenAsync(token, code);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(unknown, withoutConsent);
        Assert.All(await RecordsAsync(), static record => Assert.Equal("refusal", record["kind"]!.GetValue<string>()));

        await ConsentToTheClubAsync("aino");
        var opened = await OpenAsync(token, code);
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Contains("Aaltonen", opened.Text, StringComparison.Ordinal);
        Assert.Contains(Phone, opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSisote.Aino, opened.Text, StringComparison.Ordinal);
        await AssertOnRecordAsync();
        using (var client = await Browser.SignInAsync(house.Portal, "aino", "disclosures"))
        {
            Assert.Contains("Kallan kulkijat", client.Html, StringComparison.Ordinal);
        }

        await house.WithdrawAsync("aino");
        Assert.Equal(unknown, await OpenAsync(token, code));

        AssertNowhere(token, code);
    }

    [Fact]
    public async Task WhereSomebodyIsUnderASafetyProhibitionLivesDoesNotGoByALink()
    {
        await house.ConsentAsync("eino");
        Assert.Equal("delivered", await house.ReferAsync(RunningSisote.Eino));
        await house.AcceptAsync("Esimerkki");
        await ConsentToTheClubAsync("eino");
        var (token, code) = await MakeAsync("Esimerkki", "Pekka Puro");

        var opened = await OpenAsync(token, code);

        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Contains("Esimerkki", opened.Text, StringComparison.Ordinal);
        Assert.All(["Salattu polku", "70200", "000 0923", "eino.esimerkki"], place => Assert.DoesNotContain(place, opened.Text, StringComparison.Ordinal));
    }

    /// <summary>The disclosure names the recipient, the sender, the link and the items, and was on record when the page was shown.</summary>
    private async Task AssertOnRecordAsync()
    {
        var disclosures = (await RecordsAsync()).Where(static record => record["kind"]!.GetValue<string>() == "disclosure").ToList();
        Assert.NotEmpty(disclosures);
        Assert.All(disclosures, static record =>
        {
            Assert.Equal(("meri-makinen", "kallan-kulkijat"), (record["to"]!["professional"]!.GetValue<string>(), record["to"]!["organisation"]!.GetValue<string>()));
            Assert.Equal(("ohjaaja-salmi", "kuopio"), (record["from"]!["professional"]!.GetValue<string>(), record["from"]!["organisation"]!.GetValue<string>()));
            Assert.Equal(("single-message", "notify", "voluntary-hobby"), (record["channel"]!.GetValue<string>(), record["direction"]!.GetValue<string>(), record["purpose"]!.GetValue<string>()));
            Assert.Contains("hand-over-link", record.ToJsonString(), StringComparison.Ordinal);
        });
        Assert.Equal(["person-contact", "person-identity"], disclosures.SelectMany(static record => record["items"]!.AsArray()).Select(static item => item!["item"]!.GetValue<string>()).Where(static item => item != "service-language-access").Order(StringComparer.Ordinal));
    }

    /// <summary>INVARIANT: neither secret is in any diagnostic or file.</summary>
    private void AssertNowhere(string token, string code)
    {
        var needles = new Needles([token, code, code.Replace("-", string.Empty, StringComparison.Ordinal)]);
        Assert.Empty(needles.FindIn(Encoding.UTF8.GetBytes(house.Diagnostics)));
        Assert.Equal([], Directory.GetFiles(house.Data, "*", SearchOption.AllDirectories).Where(file => needles.FindIn(Read(file)).Count > 0 || file.Contains(token, StringComparison.Ordinal)));
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (IOException)
        {
            return []; // the lock of the running house; a write-ahead log that comes and goes
        }
    }

    private async Task<(string Token, string Code)> MakeAsync(string family, string recipient)
    {
        using var salmi = await Browser.SignInAsync(house.Portal, "ohjaaja-salmi", "worklist");
        var row = salmi.Html.Split("<li class=\"card\">").First(row => row.Contains(family, StringComparison.Ordinal) && row.Contains("/links/new/", StringComparison.Ordinal));
        await salmi.OpenAsync(NewLink().Match(row).Value);
        await salmi.SubmitAsync(salmi.Form("name=\"Recipient\""),
        [
            new("Way", "kallan-kulkijat-yhteys~voluntary-hobby"), new("Recipient", recipient), new("Necessity", "Ryhmän aloitus"), new("Days", "7"),
        ]);
        await salmi.SubmitAsync(salmi.Form("handler=Make"), []);
        return (Token().Match(salmi.Html).Groups[1].Value, Code().Match(salmi.Html).Groups[1].Value);
    }

    private async Task ConsentToTheClubAsync(string person)
    {
        using var browser = await Browser.SignInAsync(house.Portal, person, "consents/new");
        var given = 0;
        foreach (var offer in browser.Links("/consents/new/[^\"]+"))
        {
            await browser.OpenAsync(offer);
            var form = browser.Form("name=\"Items\"");
            var items = Browser.Values(form, "Items");
            if (items.Contains("service-booking") && browser.Html.Contains("Kallan kulkijat", StringComparison.Ordinal))
            {
                var lastDay = TimeProvider.System.GetUtcNow().AddMonths(3).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
                await browser.SubmitAsync(form, [.. items.Select(static item => KeyValuePair.Create("Items", item)), KeyValuePair.Create("LastDay", lastDay)]);
                await browser.SubmitAsync(browser.Form("__RequestVerificationToken", "class=\"buttons\""), []);
                given++;
            }
        }

        Assert.True(given >= 2, $"{given} consents"); // of secrecy and of data protection
    }

    /// <summary>Opens the link as its recipient does, in a browser of the own.</summary>
    private async Task<(HttpStatusCode Status, string Text)> OpenAsync(string token, string code)
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false };
        using var client = new HttpClient(handler);
        var page = await client.GetStringAsync(new Uri(house.Portal, "link/" + token));
        using var form = new FormUrlEncodedContent([new("Code", code), new("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value)]);
        using var answer = await client.PostAsync(new Uri(house.Portal, "link"), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the log has about the recipient, as the operator sees it.</summary>
    private async Task<List<JsonNode>> RecordsAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address(3), "log/query")) { Content = JsonContent.Create(new { person = "meri-makinen" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync("sisote-operator", scope: Scopes.Inner));
        var answer = await house.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!["entry"]).OfType<JsonNode>()];
    }

    [GeneratedRegex("/links/new/[^\"]+")]
    private static partial Regex NewLink();

    [GeneratedRegex("/link/([0-9a-f]{64})")]
    private static partial Regex Token();

    [GeneratedRegex("<pre[^>]*>([2-9CFGHJMPQRVWX]{4}-[2-9CFGHJMPQRVWX]{4})</pre>")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex FormToken();
}
