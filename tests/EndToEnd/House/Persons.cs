// What persons of the story do at their own screens.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sisote.Tests.EndToEnd.House;

/// <summary>A client consents and withdraws at the portal, a doctor refers in the record, a counsellor accepts at the portal.</summary>
internal static class Persons
{
    /// <summary>Consents to exercise counselling: all items of the offers that concern it.</summary>
    internal static async Task ConsentAsync(this RunningSisote house, string person)
    {
        using var browser = await Browser.SignInAsync(house.Portal, person, "consents/new");
        var given = 0;
        foreach (var offer in browser.Links("/consents/new/[^\"]+"))
        {
            await browser.OpenAsync(offer);
            var form = browser.Form("name=\"Items\"");
            var items = Browser.Values(form, "Items");
            if (items.Contains("exercise-restriction") || items.Contains("service-feedback"))
            {
                var lastDay = TimeProvider.System.GetUtcNow().AddYears(1).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
                await browser.SubmitAsync(form, [.. items.Select(static item => KeyValuePair.Create("Items", item)), KeyValuePair.Create("LastDay", lastDay)]);
                await browser.SubmitAsync(browser.Form("__RequestVerificationToken", "class=\"buttons\""), []);
                Assert.StartsWith("/consents/receipt/", browser.Address.AbsolutePath, StringComparison.Ordinal);
                given++;
            }
        }

        Assert.NotEqual(0, given);
    }

    /// <summary>Withdraws every consent.</summary>
    internal static async Task WithdrawAsync(this RunningSisote house, string person)
    {
        using var browser = await Browser.SignInAsync(house.Portal, person, "consents");
        var links = browser.Links("/consents/[^\"/]+/withdraw");
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            await browser.OpenAsync(link);
            await browser.SubmitAsync(browser.Form("class=\"stop\""), []);
            Assert.StartsWith("/consents/receipt/", browser.Address.AbsolutePath, StringComparison.Ordinal);
        }
    }

    /// <summary>The doctor refers a client in the patient record; <c>delivered</c>, or what the record shows instead.</summary>
    internal static async Task<string> ReferAsync(this RunningSisote house, string hetu, string unit = "KUOPIO-LIIKUNTA")
    {
        var referral = await house.NativeAsync(11, RunningSisote.Record, "dr-harju", "referrals", ("hetu", hetu), ("unit", unit), ("instruction", "Tutustutaan kuntosaliin ohjatusti."));
        return referral["status"]!.GetValue<string>() is var status && status == "delivered" ? status : $"{status}: {referral["answer"]}";
    }

    /// <summary>The counsellor accepts a new referral at the portal.</summary>
    internal static async Task AcceptAsync(this RunningSisote house, string family, string counsellor = "ohjaaja-salmi")
    {
        using var browser = await Browser.SignInAsync(house.Portal, counsellor, "worklist");
        await browser.SubmitAsync(browser.Form("handler=Accept", family), [], "/worklist?handler=Accept");
        Assert.Contains("accepted", browser.Address.Query, StringComparison.Ordinal);
    }

    /// <summary>The documents that the record holds of a client, as the doctor sees them.</summary>
    internal static async Task<JsonArray> DocumentsAsync(this RunningSisote house, string hetu) =>
        (await house.NativeAsync(11, RunningSisote.Record, "dr-harju", "view/documents", ("hetu", hetu))).AsArray();
}
