// Conformance of a connected system, through its adapter's facade.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Doors.Adapters;
using Sisote.Doors.Tokens;
using Sisote.Host.House;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Host.Probe;

/// <summary>What a probe is asked to do.</summary>
/// <param name="System">The system.</param>
/// <param name="Client">The only client that is looked at.</param>
/// <param name="Entry">What is written twice; null = nothing is written.</param>
/// <param name="Rule">Under which rule it is written.</param>
internal sealed record ProbeTask(SystemEntry System, Hetu Client, JsonObject? Entry, RuleId Rule);

/// <summary>Reads each type that the system claims, of the one client given and of a code that nobody has; writes only where it is asked to.</summary>
internal sealed class SystemProbe(RunningHouse house, ProbeTask task, TimeProvider clock)
{
    /// <summary>A sound code of the range that is never given to anybody.</summary>
    private const string Nobody = "010190-999W";
    private static readonly TimeSpan StandardLimit = TimeSpan.FromSeconds(10);

    /// <summary>Code systems of FHIR itself that every installation may have besides those of the catalogue.</summary>
    private static readonly string[] OfFhir = ["http://hl7.org/fhir/CodeSystem/task-code"];

    private readonly ProbeFacade facade = new(house, task.System.Id.Value);
    private readonly ProbeContract contract = new(task.Client.Reveal(), house.Settings.Catalogue.CodeSystems.Values.Concat(house.Settings.Catalogue.CodeLists.Values.Select(static list => list.System)).Concat(OfFhir).ToFrozenSet());

    /// <summary>Probes.</summary>
    internal async Task<ProbeReport> RunAsync(CancellationToken cancellation)
    {
        var checks = ImmutableArray.CreateBuilder<ProbeCheck>();
        foreach (var type in Types())
        {
            checks.AddRange(await ReadTypeAsync(type, cancellation));
        }

        checks.AddRange(await RefusalsAsync(cancellation));
        checks.AddRange(task.Entry is { } entry
            ? await new ProbeWriting(facade, task.Client.Reveal(), Sender()).WriteAsync(entry, cancellation)
            : [new ProbeCheck("write", "system", ProbeVerdict.NotTried, "not asked for (--write)")]);
        return new ProbeReport
        {
            Format = ProbeReport.Current,
            System = task.System.Id.Value,
            Kind = task.System.Adapter!.Kind,
            Installation = house.Settings.Gateway.AbsoluteUri,
            At = clock.GetUtcNow(),
            Wrote = task.Entry is not null,
            Passed = checks.Any(static check => check is { Name: "subject", Verdict: ProbeVerdict.Pass }) && !checks.Any(static check => check.Verdict == ProbeVerdict.Fail),
            Checks = checks.ToImmutable(),
        };
    }

    /// <summary>What the settings claim; where a kind has no such setting, every type that the catalogue has items of.</summary>
    private IEnumerable<string> Types() => task.System.Adapter!.Settings.GetValueOrDefault("reads") is { } claimed
        ? claimed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : house.Settings.Catalogue.Items.Values.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType).Distinct().Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<ProbeCheck>> ReadTypeAsync(string type, CancellationToken cancellation)
    {
        var found = await SearchAsync(type, task.Client.Reveal(), cancellation);
        if (found is not { Status: 200, Resources: { } resources })
        {
            return [new ProbeCheck("search", type, ProbeVerdict.Fail, $"answered {found.Status}{(found.Status == 200 ? ", no searchset" : string.Empty)}")];
        }

        if (resources.Count == 0)
        {
            return [new ProbeCheck("search", type, ProbeVerdict.NotTried, "the client has none")];
        }

        var again = await SearchAsync(type, task.Client.Reveal(), cancellation);
        var limit = int.TryParse(task.System.Adapter!.Settings.GetValueOrDefault("timeoutSeconds"), out var seconds) ? TimeSpan.FromSeconds(seconds) : StandardLimit;
        return
        [
            new ProbeCheck("search", type, ProbeVerdict.Pass, "some found"),
            new ProbeCheck("time", type, found.Took <= limit ? ProbeVerdict.Pass : ProbeVerdict.Fail, $"{found.Took.TotalMilliseconds:F0} ms of at most {limit.TotalMilliseconds:F0} ms"),
            .. contract.Check(type, resources),
            new ProbeCheck("stable", type, Verdict(Ids(found).SequenceEqual(Ids(again))), "the same ids when asked again"),
            await ReadOneAsync(type, resources, cancellation),
        ];
    }

    private async Task<ProbeCheck> ReadOneAsync(string type, IReadOnlyList<JsonElement> resources, CancellationToken cancellation)
    {
        if (ProbeAnswer.Text(resources[0], "id") is not { } id || !id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            return new ProbeCheck("read by id", type, ProbeVerdict.Fail, "its id cannot stand in an address");
        }

        var read = await facade.ReadAsync(type, id, cancellation);
        return new ProbeCheck("read by id", type, Verdict(read is { Status: 200, Body: { } body } && JsonElement.DeepEquals(body, resources[0])), "what was searched is read alone, and the same");
    }

    /// <summary>What must give nothing, and in what words.</summary>
    private async Task<IReadOnlyList<ProbeCheck>> RefusalsAsync(CancellationToken cancellation)
    {
        var checks = new List<ProbeCheck>();
        foreach (var type in Types())
        {
            var nobody = await SearchAsync(type, Nobody, cancellation);
            checks.Add(new ProbeCheck("unknown client", type, Verdict(nobody is { Status: 200, Resources.Count: 0 }), "a code that nobody has gives an empty answer"));
        }

        var unknown = await facade.ReadAsync("Patient", "aaaaaaaaaaaaaaa", cancellation);
        var broken = await facade.SearchAsync("Patient", cancellation, ("name", "a"));
        return
        [
            .. checks,
            new ProbeCheck("unknown id", "system", Verdict(unknown.Status == 404), "an id that was never given is not there"),
            new ProbeCheck("unknown parameter", "system", Verdict(broken.Status == 400), "a search that is not understood is refused"),
        ];
    }

    private Task<ProbeAnswer> SearchAsync(string type, string client, CancellationToken cancellation) =>
        facade.SearchAsync(type, cancellation, (type == "Patient" ? "identifier" : "patient:identifier", $"{Hetu.System}|{client}"));

    private static IEnumerable<string?> Ids(ProbeAnswer answer) => (answer.Resources ?? []).Select(static resource => ProbeAnswer.Text(resource, "id")).Order(StringComparer.Ordinal);

    private static ProbeVerdict Verdict(bool isGood) => isGood ? ProbeVerdict.Pass : ProbeVerdict.Fail;

    /// <summary>The operator, in the name of the system's own organisation.</summary>
    private SenderInfo Sender() => new()
    {
        System = InnerSystems.Operator,
        Organisation = task.System.Organisation,
        OrganisationName = house.Settings.Deployment.Organisations.FirstOrDefault(one => one.Id == task.System.Organisation)?.Name.Fi ?? task.System.Organisation.Value,
        Role = task.System.ActsAs,
        Professional = ProfessionalId.Parse("sisote-probe"),
        ProfessionalName = "Sisote probe",
        Rule = task.Rule,
    };
}
