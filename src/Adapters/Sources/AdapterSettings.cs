// Reads an adapter's settings and collects every fault.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Sources;

/// <summary>The settings of one system's adapter. Reading an absent or malformed one notes a fault; a setting that nobody read is a fault too (a misspelt name).</summary>
/// <param name="system">The system.</param>
/// <param name="dataDirectory">Folder against which relative paths are resolved.</param>
internal sealed class AdapterSettings(SystemEntry system, string dataDirectory)
{
    private readonly ImmutableSortedDictionary<string, string> values = system.Adapter?.Settings ?? ImmutableSortedDictionary<string, string>.Empty;
    private readonly HashSet<string> read = [];
    private readonly List<string> faults = [];
    private readonly List<AdapterFile> files = [];

    /// <summary>All faults, each naming system and setting.</summary>
    public IEnumerable<string> Faults => faults.Concat(values.Keys.Where(name => !read.Contains(name)).Select(name => Say(name, $"is not a setting of this adapter. {NearestCode.Suggest(name, read)}".TrimEnd())));

    /// <summary>The files of secrets that the settings name; they may be put there later.</summary>
    public IEnumerable<AdapterFile> Files => files;

    /// <summary>A setting that must be there.</summary>
    public string Require(string name)
    {
        if (Optional(name) is { Length: > 0 } value)
        {
            return value;
        }

        Fault(name, "is missing");
        return string.Empty;
    }

    /// <summary>A setting that may be absent.</summary>
    public string? Optional(string name)
    {
        read.Add(name);
        return values.GetValueOrDefault(name);
    }

    /// <summary>An http or https address; a slash is added at its end.</summary>
    public Uri RequireHttp(string name) => RequireAddress(name, "an http or https address", Uri.UriSchemeHttp, Uri.UriSchemeHttps);

    /// <summary>An address <c>mllp://host:port</c>.</summary>
    public Uri RequireMllp(string name) => RequireAddress(name, "an address like mllp://host:port", "mllp");

    /// <summary>An address <c>mllp://host:port</c>, or null.</summary>
    public Uri? OptionalMllp(string name) => Optional(name) is null ? null : RequireMllp(name);

    /// <summary>A file's path; relative ones lie below the data folder.</summary>
    public string RequirePath(string name)
    {
        var path = Path.Combine(dataDirectory, Require(name));
        files.Add(new AdapterFile(system.Id, name, path));
        return path;
    }

    /// <summary>A file's path or null.</summary>
    public string? OptionalPath(string name) => Optional(name) is { Length: > 0 } path ? Path.Combine(dataDirectory, path) : null;

    /// <summary>A time span in seconds, 1 to 300.</summary>
    public TimeSpan Seconds(string name, int standard) => TimeSpan.FromSeconds(Whole(name, standard, 1, 300, " of seconds"));

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string name, int standard, int least, int most, string ofWhat = "")
    {
        if (Optional(name) is not { } text)
        {
            return standard;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(name, $"is not a number{ofWhat} from {least} to {most}");
        return standard;
    }

    /// <summary>Notes a fault where a setting names a system that the deployment does not have: nothing would ever arrive there.</summary>
    public void RequireSystem(string name, SystemId named, Deployment deployment)
    {
        if (deployment.FindSystem(named) is null)
        {
            Fault(name, $"names `{named}`, which is no system of this file. {NearestCode.Suggest(named.Value, deployment.Systems.Select(static known => known.Id.Value))}".TrimEnd());
        }
    }

    /// <summary>Notes a fault of a setting.</summary>
    public void Fault(string name, string what) => faults.Add(Say(name, what));

    private Uri RequireAddress(string name, string shape, params ReadOnlySpan<string> schemes)
    {
        var text = Require(name);
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && schemes.Contains(address.Scheme))
        {
            return address;
        }

        if (text.Length > 0)
        {
            Fault(name, $"is not {shape}");
        }

        return new Uri("about:blank");
    }

    private string Say(string name, string what) => $"system `{system.Id}`: adapter setting `{name}` {what}";
}
