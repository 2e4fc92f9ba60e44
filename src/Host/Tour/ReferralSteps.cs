// Consent, referral, arrival.
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sisote.Host.House;

namespace Sisote.Host.Tour;

/// <summary>Aino consents, the doctor refers her, the counsellor finds and accepts the referral.</summary>
internal sealed partial class ReferralSteps(RunningHouse house, Cast cast, TourReport report, TourLog log)
{
    /// <summary>Aino gives her consents at the portal.</summary>
    internal async Task ConsentAsync(CancellationToken cancellation)
    {
        report.Step("Aino gives her consent at the portal");
        using var aino = await PortalBrowser.SignInAsync(house.Settings.Portal, "consents/new", "aino", cancellation);
        var offers = OfferLink().Matches(aino.Current.Html).Select(static match => (Address: match.Groups[1].Value, Name: Page.Readable(match.Groups[2].Value))).ToList();
        report.Say("asked", "what may be shared, with whom, for what; nothing is ticked beforehand");
        foreach (var offer in offers)
        {
            await aino.OpenAsync(offer.Address, cancellation);
            var form = aino.Current.Forms().First(static form => form.Html.Contains("name=\"Items\"", StringComparison.Ordinal));
            var items = ItemValue().Matches(form.Html).Select(static match => match.Groups[1].Value).ToList();
            if (!items.Contains("exercise-restriction") && !(items.Contains("service-feedback") && items.Contains("exercise-measures")))
            {
                continue; // offers of other services; Aino came for exercise counselling
            }

            var lastDay = TimeProvider.System.GetUtcNow().AddYears(1).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
            await aino.SubmitAsync(form, [.. items.Select(static item => KeyValuePair.Create("Items", item)), KeyValuePair.Create("LastDay", lastDay)], cancellation);
            await aino.SubmitAsync(ConfirmForm(aino.Current), [], cancellation);
            report.Say("given", $"to {offer.Name}: {string.Join(", ", items)}; until {lastDay}");
            report.Expect("the portal shows a receipt", aino.Current.Address.AbsolutePath.StartsWith("/consents/receipt/", StringComparison.Ordinal));
        }
    }

    /// <summary>The doctor refers Aino in the patient record; nothing of Sisote is on the doctor's screen.</summary>
    internal async Task ReferAsync(CancellationToken cancellation)
    {
        report.Step("A doctor refers Aino to exercise counselling, in the patient record");
        var documents = (await cast.DoctorsScreen.PostAsync("view/documents", [KeyValuePair.Create("hetu", cast.Aino)], cancellation)).AsArray();
        report.Say("asked", "HL7 v2 REF^I12 over MLLP, with a diagnosis and a local segment in it as real records send them");
        report.Say("holds", string.Join("; ", documents.Select(static document => document!["title"]!.GetValue<string>())));
        var before = (await log.ReadAsync(cancellation)).Count;
        var referral = await cast.DoctorsScreen.PostAsync(
            "referrals",
            [KeyValuePair.Create("hetu", cast.Aino), KeyValuePair.Create("unit", "KUOPIO-LIIKUNTA"), KeyValuePair.Create("instruction", "Tutustutaan kuntosaliin ohjatusti.")],
            cancellation);
        report.Expect($"the record shows: {referral["status"]} ({referral["answer"]})", referral["status"]?.GetValue<string>() == "delivered");

        var records = await log.ReadAsync(cancellation);
        var intent = records.FindIndex(before, static record => record["kind"]?.GetValue<string>() == "write-intent");
        if (intent < 0)
        {
            throw new TourBrokenException("The referral left no record in the log.");
        }

        report.Tell(records[intent], intent);
        report.Expect("the diagnosis and the local segment stayed", !records[intent].ToJsonString().Contains("diagnosis", StringComparison.Ordinal));
        report.Expect("the outcome stands in the log: delivered", records.Skip(intent).Any(static record => record["kind"]?.GetValue<string>() == "write-outcome" && record["outcome"]?.GetValue<string>() == "delivered"));
    }

    /// <summary>The counsellor's own system shows the referral; the counsellor accepts it at the portal.</summary>
    internal async Task FindAsync(CancellationToken cancellation)
    {
        report.Step("The counsellor's system finds the referral, the counsellor accepts it");
        var list = (await cast.CounsellorsScreen.GetAsync("/api/v1/tyojono", cancellation)).AsArray();
        var row = list.FirstOrDefault(static row => row!["asiakas"]!.GetValue<string>().Contains("Aaltonen", StringComparison.Ordinal));
        report.Say("asked", "the municipality's own register, at its own screen");
        report.Expect($"the work list shows Aino, sent by {row?["lahettaja"]}", row is not null);

        using var counsellor = await PortalBrowser.SignInAsync(house.Settings.Portal, "worklist", Cast.Counsellor, cancellation);
        var form = counsellor.Current.Forms().FirstOrDefault(static form => form.Html.Contains("handler=Accept", StringComparison.Ordinal) && form.Html.Contains("Aaltonen", StringComparison.Ordinal));
        report.Expect("the portal's work list shows Aino's new referral", form is not null);
        if (form is not null)
        {
            await counsellor.SubmitAsync(form, [], cancellation, "/worklist?handler=Accept");
            report.Expect("it is accepted", counsellor.Current.Address.Query.Contains("accepted", StringComparison.Ordinal));
        }

        await FollowAsync(cancellation);
    }

    /// <summary>The register follows, as a system that speaks FHIR does it, and the doctor's system sees it.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        var list = await cast.CounsellorsSystem.GetAsync($"fhir/{Cast.Register}/Task", null, cancellation);
        var address = $"fhir/{Cast.Register}/Task/{list.Resources.FirstOrDefault(static task => task["status"]?.GetValue<string>() == "requested")?["id"]}";
        var task = await cast.CounsellorsSystem.GetAsync(address, null, cancellation);
        var step = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/status", ["value"] = "accepted" });
        var taken = await cast.CounsellorsSystem.PatchAsync(address, step, task.Tag ?? string.Empty, cancellation);
        report.Say("asked", "PATCH Task: accepted, from the version that was read");
        report.Expect($"the register takes the step: {(int)taken.Status}", taken is { Status: HttpStatusCode.OK, Tag: { } tag } && tag != task.Tag);

        const string verified = "relation-verified";
        var patient = (await cast.DoctorsSystem.FindPatientAsync(Cast.Register, cast.Aino, verified, cancellation)).Resources.FirstOrDefault()?["id"];
        var seen = (await cast.DoctorsSystem.GetAsync($"fhir/{Cast.Register}/Task?patient={patient}", verified, cancellation)).Resources.FirstOrDefault()?["status"];
        report.Expect($"the doctor's system reads where the referral stands: {seen}", seen?.GetValue<string>() == "accepted");
    }

    private static PageForm ConfirmForm(Page page) =>
        page.Forms().FirstOrDefault(static form => !form.Html.Contains("/sign-out", StringComparison.Ordinal) && form.Html.Contains("__RequestVerificationToken", StringComparison.Ordinal) && form.Html.Contains("class=\"buttons\"", StringComparison.Ordinal))
        ?? throw new TourBrokenException($"There is nothing to confirm on {page.Address.AbsolutePath}.");

    [GeneratedRegex("<a href=\"(/consents/new/[^\"]+)\">(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex OfferLink();

    [GeneratedRegex("name=\"Items\" value=\"([^\"]+)\"")]
    private static partial Regex ItemValue();
}
