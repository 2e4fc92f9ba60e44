// Plays a scenario.
using System.Text.Json.Nodes;
using Sisote.Host.House;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>Plays the steps in their order, over HTTP, and says what was on the wire and in the log.</summary>
internal sealed class CasePlayer(RunningHouse house, HouseOptions options, TourReport report, TourLog log)
{
    private readonly CaseCaller caller = new(house);
    private readonly CaseLog records = new(log, report);
    private readonly Dictionary<(SystemId System, SystemId Source, string Client), string> handles = [];

    /// <summary>Plays all of it.</summary>
    /// <exception cref="TourBrokenException">Something that the next steps need is not there.</exception>
    internal async Task PlayAsync(Scenario scenario, CancellationToken cancellation)
    {
        report.Case($"Case {scenario.Case}: {scenario.Title}", scenario.Works, scenario.MustNot);
        await records.PassAsync(cancellation);
        foreach (var step in scenario.Steps)
        {
            report.Step($"{(step.IsNegative ? "must not: " : string.Empty)}{step.Title}");
            await PlayAsync(step, cancellation);
        }
    }

    private Task PlayAsync(ScenarioStep step, CancellationToken cancellation) => step switch
    {
        AskStep ask => AskAsync(ask, cancellation),
        ReadStep read => ReadAsync(read, cancellation),
        SayStep say => SayAsync(say, cancellation),
        NativeStep native => UseScreenAsync(native, cancellation),
        PageStep page => OpenPageAsync(page, cancellation),
        CommandStep command => RunAsync(command, cancellation),
        LoadStep load => LoadAsync(load, cancellation),
        DeclineStep decline => DeclineAsync(decline, cancellation),
        AcceptStep accept => AcceptAsync(accept, cancellation),
        NetworkStep network => CallAsync(network, cancellation),
        WaitStep wait => WaitAsync(wait, cancellation),
        _ => throw new InvalidOperationException($"{step.GetType().Name} is no step."),
    };

    private async Task AskAsync(AskStep step, CancellationToken cancellation)
    {
        var about = step.Client is { } client ? $" about {client.Id}" : string.Empty;
        report.Say("asked", $"POST /access/v1/evaluation: {step.Actor.Professional} ({step.Actor.Role}) at {step.Actor.System}: {step.Direction} {string.Join(", ", step.Items)}{about}; other end {step.Other}{Stated(step.States)}");
        var answer = await caller.AskAsync(step, step.Client, cancellation);
        var isPermitted = answer.Json["decision"]?.GetValue<bool>();
        report.Say("answer", $"{(int)answer.Status} {Shorten(answer.Body)}");
        report.Expect(step.Expect.Permitted == true ? "permitted" : "denied", (int)answer.Status == 200 && isPermitted == step.Expect.Permitted);
        CheckWords(answer.Body, step.Expect);
        await records.CheckAsync(step.Expect, cancellation);
        if (step is { Client: not null, Expect.Permitted: false })
        {
            var nobody = await caller.AskAsync(step, CaseCaller.Nobody, cancellation);
            report.Expect("the answer is that about a person who does not exist, byte for byte but for the call's id", nobody.Status == answer.Status && WithoutId(nobody) == WithoutId(answer));
            await records.PassAsync(cancellation);
        }
    }

    private async Task ReadAsync(ReadStep step, CancellationToken cancellation)
    {
        report.Say("asked", $"POST /fhir/{step.Source}/Patient/_search for {step.Client.Id}: {step.Actor.Professional} ({step.Actor.Role}) at {step.Actor.System}{Stated(step.States)}");
        var (reader, stated) = (caller.Reader(step), CaseCaller.Header(step.States));
        var found = await reader.FindPatientAsync(step.Source.Value, step.Client.Hetu, stated, cancellation);
        List<GatewayAnswer> answers = [found, .. await ReadResourcesAsync(step, found, cancellation)];
        if (step.Expect.Permitted is { } permitted)
        {
            report.Expect(permitted ? "something was given" : "nothing was given", answers.Any(static answer => answer.Resources.Any(static resource => resource["resourceType"]?.GetValue<string>() != "OperationOutcome")) == permitted);
        }

        CheckWords(string.Concat(answers.Select(static answer => answer.Body)), step.Expect);
        await records.CheckAsync(step.Expect, cancellation);
        await CompareAsync(step, reader, found, cancellation);
    }

    /// <summary>Reads what hangs on the client, by the handle of this answer or of an earlier one: who had access before may try it again.</summary>
    private async Task<List<GatewayAnswer>> ReadResourcesAsync(ReadStep step, GatewayAnswer found, CancellationToken cancellation)
    {
        var key = (step.Actor.System, step.Source, step.Client.Id);
        var patient = found.Resources.FirstOrDefault(static resource => resource["resourceType"]?.GetValue<string>() == "Patient")?["id"]?.GetValue<string>();
        report.Say("answer", $"{(int)found.Status}, {(patient is null ? "nobody" : "a handle made for this system")}");
        handles[key] = patient ?? handles.GetValueOrDefault(key, string.Empty);
        List<GatewayAnswer> answers = [];
        foreach (var type in handles[key].Length > 0 ? step.Types : [])
        {
            var answer = await caller.Reader(step).GetAsync($"fhir/{step.Source}/{type}?patient={handles[key]}", CaseCaller.Header(step.States), cancellation);
            answers.Add(answer);
            report.Say("answer", $"GET {type}: {(int)answer.Status}, {string.Join("; ", answer.Resources.Select(Describe)) switch { "" => "none", var text => text }}");
        }

        return answers;
    }

    /// <summary>A refusal looks like somebody who is not there.</summary>
    private async Task CompareAsync(ReadStep step, SystemCaller reader, GatewayAnswer found, CancellationToken cancellation)
    {
        if (step.Expect.Permitted == false)
        {
            var nobody = await reader.FindPatientAsync(step.Source.Value, CaseCaller.Nobody.Hetu, CaseCaller.Header(step.States), cancellation);
            report.Expect("the answer is that about a person who does not exist, byte for byte", nobody.Status == found.Status && nobody.Body == found.Body);
            await records.PassAsync(cancellation);
        }
    }

    private async Task SayAsync(SayStep step, CancellationToken cancellation)
    {
        report.Say("asked", $"{step.Told}: {(step.Actor is { } actor ? $"{actor.Professional} ({actor.Role}) at {actor.System}" : "the operator")}");
        var answer = await caller.SayAsync(step, cancellation);
        var problem = answer.Json["type"]?.GetValue<string>().Split('/')[^1];
        report.Say("answer", $"{(int)answer.Status} {problem} {(problem is null ? string.Empty : answer.Json["detail"])}".TrimEnd());
        report.Expect(step.Expect.Refused is { } slug ? $"refused: {slug}" : "it stands", step.Expect.Refused is { } expected ? problem == expected : (int)answer.Status < 300);
        CheckWords(answer.Body, step.Expect);
        await records.PassAsync(cancellation);
    }

    private async Task CallAsync(NetworkStep step, CancellationToken cancellation)
    {
        report.Say("asked", $"{step.Method} /network/{step.Told}: {(step.Actor is { } actor ? $"{actor.Professional} ({actor.Role}) at {actor.System}" : "the operator at the consent service")}");
        var answer = await caller.CallAsync(step, cancellation);
        var problem = answer.Json["type"]?.GetValue<string>().Split('/')[^1];
        report.Say("answer", $"{(int)answer.Status} {Shorten(answer.Body)}".TrimEnd());
        report.Expect(step.Expect.Refused is { } slug ? $"refused: {slug}" : "it is answered", step.Expect.Refused is { } expected ? problem == expected : (int)answer.Status < 300);
        CheckWords(answer.Body, step.Expect);
        await records.CheckAsync(step.Expect, cancellation);
    }

    private async Task UseScreenAsync(NativeStep step, CancellationToken cancellation)
    {
        report.Say("asked", $"{(step.IsPost ? "POST" : "GET")} {step.Path} at {step.System}'s own door: {step.User}");
        var screen = new NativeSystem(house, step.System.Value, AddressOf(step.System), step.User);
        var text = step.IsPost ? await screen.PostTextAsync(step.Path, step.Form, cancellation) : await screen.GetTextAsync(step.Path, cancellation);
        report.Say("answer", Shorten(text));
        CheckWords(text, step.Expect);
        await records.CheckAsync(step.Expect, cancellation);
    }

    private async Task DeclineAsync(DeclineStep step, CancellationToken cancellation)
    {
        report.Say("asked", $"GET /releases, then POST /releases/{{id}}/decline: {step.Actor.Professional} ({step.Actor.Role}) at {step.Actor.System}, because {step.Reason}");
        var answer = await caller.DeclineAsync(step, cancellation);
        report.Say("answer", $"{(int?)answer?.Status}");
        report.Expect("what waited is declined", (int?)answer?.Status == 200);
        await records.CheckAsync(step.Expect, cancellation);
    }

    private async Task AcceptAsync(AcceptStep step, CancellationToken cancellation)
    {
        using var person = await PortalBrowser.SignInAsync(house.Settings.Portal, "worklist", step.Person, cancellation);
        var form = person.Current.Forms().FirstOrDefault(form => form.Html.Contains("handler=Accept", StringComparison.Ordinal) && form.Html.Contains(step.Family, StringComparison.Ordinal));
        report.Say("asked", $"POST /worklist?handler=Accept of the portal: {step.Person}");
        report.Expect($"the work list shows {step.Family}'s referral", form is not null);
        if (form is not null)
        {
            await person.SubmitAsync(form, [], cancellation, "/worklist?handler=Accept");
            report.Expect("it is accepted", person.Current.Address.Query.Contains("accepted", StringComparison.Ordinal));
        }

        await records.PassAsync(cancellation);
    }

    private async Task OpenPageAsync(PageStep step, CancellationToken cancellation)
    {
        using var person = step.Person is { } signedIn
            ? await PortalBrowser.SignInAsync(house.Settings.Portal, step.Path, signedIn, cancellation)
            : await PortalBrowser.VisitAsync(house.Settings.Portal, step.Path, cancellation);
        foreach (var link in step.Follow)
        {
            await person.OpenAsync(person.Current.LinkOf(link) ?? throw new TourBrokenException($"The page {person.Current.Address.AbsolutePath} has no link `{link}`."), cancellation);
        }

        report.Say("asked", $"GET /{step.Path} of the portal: {step.Person ?? "a visitor"}{string.Concat(step.Follow.Select(static link => $", then `{link}`"))}");
        report.Expect($"the page opens: {(int)person.Current.Status}", (int)person.Current.Status is 200 or 404);
        report.Say("answer", Shorten(person.Current.Main));
        CheckWords(person.Current.Main, step.Expect);
        await records.PassAsync(cancellation);
    }

    private async Task RunAsync(CommandStep step, CancellationToken cancellation)
    {
        await using var output = new StringWriter();
        report.Say("asked", $"sisote {string.Join(' ', step.Arguments)}");
        var code = await Commands.CommandLine.RunAsync([.. step.Arguments], output, cancellation);
        foreach (var line in output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(12))
        {
            report.Say("answer", line.TrimEnd());
        }

        report.Expect($"it ends with {code}", (code == 0) == (step.Expect.Permitted ?? true));
        CheckWords(output.ToString(), step.Expect);
    }

    private async Task LoadAsync(LoadStep step, CancellationToken cancellation)
    {
        var text = YamlParts.Add(await File.ReadAllTextAsync(options.DeploymentFile, cancellation), step.Addition);
        var faults = LawAndDeployment.FindFaults(Path.GetFileName(options.DeploymentFile), text, house.Settings.Catalogue);
        report.Say("asked", $"the deployment file with this added: {step.Addition.Trim()}");
        report.Say("answer", faults.Count == 0 ? "it loads" : string.Join(" | ", faults));
        report.Expect(step.Expect.Permitted == true ? "it loads" : "it does not load", (faults.Count == 0) == step.Expect.Permitted);
        CheckWords(string.Join('\n', faults), step.Expect);
    }

    private async Task WaitAsync(WaitStep step, CancellationToken cancellation)
    {
        for (var time = 0; time < 240 && !await records.HasToldAsync(step.System.Value, cancellation); time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
        }

        report.Expect($"the register of {step.System} stands in the consent service", await records.HasToldAsync(step.System.Value, cancellation));
        await records.PassAsync(cancellation);
    }

    private void CheckWords(string text, Expectation expect)
    {
        foreach (var word in expect.Present)
        {
            report.Expect($"it says: {word}", text.Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        if (expect.Absent.Count > 0)
        {
            report.Expect($"nowhere in it: {string.Join(", ", expect.Absent)}", !expect.Absent.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private Uri AddressOf(SystemId system)
    {
        var settings = house.Settings.Deployment.FindSystem(system)?.Adapter?.Settings;
        var address = settings?.GetValueOrDefault("documents") ?? settings?.GetValueOrDefault("inboxAddress") ?? settings?.GetValueOrDefault("address");
        return address is null ? throw new TourBrokenException($"`{system}` has no screen of its own.") : new Uri(address.TrimEnd('/') + "/");
    }

    private static string Stated(IReadOnlyList<KeyValuePair<string, string>> states) => CaseCaller.Header(states) is { } header ? $"; states {header}" : string.Empty;

    private static string WithoutId(GatewayAnswer answer)
    {
        var copy = (JsonObject)answer.Json.DeepClone();
        (copy["context"] as JsonObject)?.Remove("id");
        return copy.ToJsonString();
    }

    private static string Shorten(string text)
    {
        const int most = 220;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= most ? line : line[..most] + "...";
    }

    private static string Describe(JsonObject resource) => $"{resource["resourceType"]} {(resource["code"]?["coding"]?[0]?["code"] ?? resource["description"]?["text"] ?? resource["title"] ?? resource["category"]?[0]?["coding"]?[0]?["code"])?.ToString()}".TrimEnd();
}
