// The officer's look, and the proof.
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Bundles;
using Sisote.Host.Commands;
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>The data-protection officer sees all of it and verifies one entry; the exported log is verified offline, then changed by one byte.</summary>
internal sealed partial class ProofSteps(RunningHouse house, TourReport report, TourLog log)
{
    /// <summary>The officer looks at the log and opens a refusal.</summary>
    internal async Task ReviewAsync(CancellationToken cancellation)
    {
        report.Step("The data-protection officer sees all of it, opens one, verifies its proof");
        using var officer = await PortalBrowser.SignInAsync(house.Settings.Portal, "log", "dpo-koski", cancellation);
        var rows = RowLink().Matches(officer.Current.Html).Select(static match => match.Groups[1].Value).Distinct().ToList();
        report.Expect($"the log's page shows {rows.Count} entries", rows.Count > 0);

        await officer.OpenAsync("log?kind=refusal", cancellation);
        var refusal = RowLink().Match(officer.Current.Html);
        report.Expect("refusals among them", refusal.Success);
        await officer.OpenAsync(refusal.Success ? refusal.Groups[1].Value : rows[0], cancellation);
        report.Say("opened", officer.Current.Text("id=\"caption\"") ?? Page.Readable(Heading().Match(officer.Current.Html).Groups[1].Value));
        report.Expect("its proof holds: leaf, path, signed checkpoint", ProofNote().IsMatch(officer.Current.Html));
    }

    /// <summary>Verifies the exported log offline, before and after a byte was changed.</summary>
    internal async Task VerifyAsync(CancellationToken cancellation)
    {
        report.Step("The exported log is verified offline; one changed byte is found");
        var records = await log.ReadAsync(cancellation);
        var intact = await log.VerifyAsync(cancellation);
        report.Expect(LogVerifyCommand.Tell(intact), intact is BundleOutcome.Intact { KeyWasGiven: true });

        var changed = records.FindIndex(static record => record.ToJsonString().Contains("\"released\":true", StringComparison.Ordinal));
        log.ChangeOneByte(changed);
        var broken = await log.VerifyAsync(cancellation);
        report.Expect(LogVerifyCommand.Tell(broken), broken is BundleOutcome.Broken { Index: { } index } && index == changed);
    }

    [GeneratedRegex("href=\"(/log/\\d+)\"")]
    private static partial Regex RowLink();

    [GeneratedRegex("<h1[^>]*>(.*?)</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("id=\"proof\".*?<div class=\"note ok\"", RegexOptions.Singleline)]
    private static partial Regex ProofNote();
}
