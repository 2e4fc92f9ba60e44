// The client sees, and changes her mind.
using System.Text.RegularExpressions;
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>Aino reads her disclosures in plain words, withdraws, and the very next read gets nothing.</summary>
internal sealed partial class WithdrawalSteps(RunningHouse house, Cast cast, TourReport report, TourLog log, string patient)
{
    /// <summary>An invented code that no system of the demonstration knows.</summary>
    private const string Nobody = "010190-999W";

    /// <summary>Aino looks and withdraws everything at the portal.</summary>
    internal async Task SeeAndWithdrawAsync(CancellationToken cancellation)
    {
        report.Step("Aino sees her disclosures in plain words and withdraws");
        using var aino = await PortalBrowser.SignInAsync(house.Settings.Portal, "disclosures", "aino", cancellation);
        var sentences = Sentence().Matches(aino.Current.Html).Select(static match => Tell(match.Groups["sentence"].Value, match.Groups["items"].Value)).ToList();
        foreach (var sentence in sentences.Take(4))
        {
            report.Say("reads", sentence);
        }

        report.Expect("the portal tells it in sentences", sentences.Count > 0);
        await aino.OpenAsync("consents", cancellation);
        var links = WithdrawLink().Matches(aino.Current.Html).Select(static match => match.Groups[1].Value).Distinct().ToList();
        foreach (var link in links)
        {
            await aino.OpenAsync(link, cancellation);
            var form = aino.Current.Forms().First(static form => form.Html.Contains("class=\"stop\"", StringComparison.Ordinal));
            await aino.SubmitAsync(form, [], cancellation);
            report.Expect("withdrawn; the receipt lists who already holds what", aino.Current.Address.AbsolutePath.StartsWith("/consents/receipt/", StringComparison.Ordinal));
        }

        report.Expect("there was something to withdraw", links.Count > 0);
    }

    /// <summary>The very next read looks like nothing there, byte for byte.</summary>
    internal async Task ReadAgainAsync(CancellationToken cancellation)
    {
        report.Step("The very next read gets an answer that looks like nothing there");
        var aino = await cast.CounsellorsSystem.FindPatientAsync(Cast.Record, cast.Aino, ReadingSteps.Necessity, cancellation);
        var nobody = await cast.CounsellorsSystem.FindPatientAsync(Cast.Record, Nobody, ReadingSteps.Necessity, cancellation);
        report.Say("asked", "POST Patient/_search for Aino, and for somebody who does not exist");
        report.Expect("both answers are the same, byte for byte", aino.Status == nobody.Status && aino.Body == nobody.Body);
        var limits = await cast.CounsellorsSystem.GetAsync($"fhir/{Cast.Record}/Flag?patient={patient}", ReadingSteps.Necessity, cancellation);
        report.Expect("her limits: nothing", !limits.Resources.Any(static resource => resource["resourceType"]?.GetValue<string>() == "Flag"));

        var records = await log.ReadAsync(cancellation);
        var last = records.FindLastIndex(static record => record["kind"]?.GetValue<string>() == "refusal");
        report.Expect("the log knows why", last >= 0);
        if (last >= 0)
        {
            report.Tell(records[last], last);
        }
    }

    private static string Tell(string sentence, string items) =>
        $"{Page.Readable(sentence)} {string.Join(", ", Item().Matches(items).Select(static match => Page.Readable(match.Groups[1].Value)))}".TrimEnd();

    [GeneratedRegex("<li class=\"card\">\\s*<p>(?<sentence>.*?)</p>(?:\\s*<ul>(?<items>.*?)</ul>)?", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex("<li>(.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex Item();

    [GeneratedRegex("href=\"(/consents/[^\"/]+/withdraw)\"")]
    private static partial Regex WithdrawLink();
}
