// Whether a named system's adapter has what it needs to reach the system.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sisote.Adapters;
using Sisote.Doors;
using Sisote.Policy.Deployments;

namespace Sisote.Host.Doctor;

/// <summary>Looks at one system's entry: addresses that are still examples, files of secrets that are not there, and whether the addresses answer from this machine.</summary>
internal sealed class AdapterCheck(RoomSettings settings, TimeProvider clock)
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, "mllp"];

    /// <summary>What is missing in the entry itself; nothing is called.</summary>
    internal static IEnumerable<Finding> FindGaps(RoomSettings settings, SystemEntry system)
    {
        foreach (var (setting, address) in Addresses(system).Where(static pair => IsExample(pair.Address)))
        {
            yield return Finding.Bad($"{system.Id}: {setting}", $"`{setting}` of `{system.Id}` is still the example {address}", $"Write where the system really is into `{setting}` of its entry in the deployment file, and start Sisote again.");
        }

        foreach (var file in AdaptersRoom.Inspect(settings).Files.Where(file => file.System == system.Id && !File.Exists(file.Path)))
        {
            yield return Finding.Bad($"{system.Id}: {file.Setting}", $"the file that `{file.Setting}` of `{system.Id}` names is not there", $"Put the secret that the system asks for into {file.Path}; no restart is needed.");
        }
    }

    /// <summary>The gaps, and each real address tried.</summary>
    internal async IAsyncEnumerable<Finding> ExamineAsync(SystemEntry system, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var gap in FindGaps(settings, system))
        {
            yield return gap;
        }

        foreach (var (setting, address) in Addresses(system).Where(static pair => !IsExample(pair.Address)))
        {
            await foreach (var finding in new AddressCheck(clock).ExamineAsync($"{system.Id}: {setting}", address, $"`{setting}` of its entry", cancellation))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Where the adapter calls; where it listens is no address of the system.</summary>
    private static IEnumerable<(string Setting, Uri Address)> Addresses(SystemEntry system) =>
        (system.Adapter?.Settings ?? ImmutableSortedDictionary<string, string>.Empty).Where(static pair => !pair.Key.Contains("listen", StringComparison.OrdinalIgnoreCase))
            .Select(static pair => (pair.Key, Address: Uri.TryCreate(pair.Value, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme) ? address : null))
            .Where(static pair => pair.Address is not null).Select(static pair => (pair.Key, pair.Address!));

    /// <summary>RFC 2606 section 2: the top-level domain of examples.</summary>
    private static bool IsExample(Uri address) => address.Host.EndsWith(".example", StringComparison.OrdinalIgnoreCase);
}
