// Adds up samples of call stacks.
using System.Diagnostics;
using System.Globalization;

namespace Sisote.Tests.Benchmarks.EndToEnd;

/// <summary>Gives each sample to the part of the house, or of the framework, that its innermost known frame belongs to: what a part calls in the runtime or the system is on its account.</summary>
internal sealed class ProfileShares
{
    private const int MostLeaves = 25;

    // The first that fits a frame counts.
    private static readonly (string Part, string[] Marks)[] Parts =
    [
        ("garbage collection", ["WKS::gc_heap", "SVR::gc_heap", "GCHeap::GarbageCollect"]),
        ("cryptography, whoever asked for it", ["libcrypto", "libssl", "System.Security.Cryptography", "Sisote.Gateway.Hashing"]),
        ("just-in-time compiler", ["libclrjit"]),
        ("minimising and reading JSON", ["Sisote.Gateway.Minimising"]),
        ("handles", ["Sisote.Gateway.Handles"]),
        ("the record", ["Sisote.Gateway.Recording", "Sisote.DisclosureLog"]),
        ("the decision", ["Sisote.Policy"]),
        ("clients' states", ["Sisote.Gateway.Clients"]),
        ("the searched question", ["Sisote.Gateway.Searching"]),
        ("drafting and release", ["Sisote.Gateway.Release"]),
        ("asking the source", ["Sisote.Gateway.Forwarding", "System.Net.Http"]),
        ("who asks: tokens, callers", ["Sisote.Gateway.Callers", "Sisote.Doors", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "Microsoft.IdentityModel", "System.Security.Claims"]),
        ("reading the request", ["Sisote.Gateway.Requests"]),
        ("enforcement, between the parts", ["Sisote.Gateway.Enforcement"]),
        ("writing the answer", ["Sisote.Gateway.Answers"]),
        ("limits", ["System.Threading.RateLimiting"]),
        ("YARP", ["Yarp."]),
        ("other middleware and routing", ["Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Builder"]),
        ("Kestrel", ["Microsoft.AspNetCore.Server.Kestrel", "System.IO.Pipelines"]),
        ("sockets", ["System.Net.Sockets"]),
        ("threads and tasks", ["System.Threading"]),
    ];

    private readonly Dictionary<string, int> parts = [];
    private readonly Dictionary<string, int> leaves = [];
    private int all;

    /// <summary>Reads what <c>perf record</c> wrote.</summary>
    public static async Task<ProfileShares> ReadAsync(string samples)
    {
        using var perf = Process.Start(new ProcessStartInfo("perf", ["script", "-i", samples, "-F", "ip,sym,dso"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        perf.ErrorDataReceived += static (_, _) => { };
        perf.BeginErrorReadLine();
        var shares = new ProfileShares();
        List<string> stack = [];
        while (await perf.StandardOutput.ReadLineAsync() is { } line)
        {
            var frame = line.Trim();
            if (frame.Length > 0)
            {
                stack.Add(frame[(frame.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }
            else
            {
                shares.Add(stack);
                stack.Clear();
            }
        }

        shares.Add(stack);
        await perf.WaitForExitAsync();
        return shares;
    }

    /// <summary>Share and microseconds of each part, then of the single functions that most samples stood in.</summary>
    public IEnumerable<string> Lines(double microseconds) =>
        Lines(parts, microseconds, int.MaxValue).Prepend("by part:").Append("innermost functions:").Concat(Lines(leaves, microseconds, MostLeaves));

    private IEnumerable<string> Lines(Dictionary<string, int> counts, double microseconds, int most) => counts.OrderByDescending(static pair => pair.Value).Take(most)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {100.0 * pair.Value / all,5:0.0} %  {microseconds * pair.Value / all,7:0.00} µs  {pair.Key}"));

    private void Add(List<string> stack)
    {
        if (stack.Count == 0)
        {
            return;
        }

        all++;
        Count(parts, stack.Select(PartOf).FirstOrDefault(static part => part is not null) ?? "the rest");
        Count(leaves, stack[0]);
    }

    private static string? PartOf(string frame) => Parts.FirstOrDefault(part => part.Marks.Any(mark => frame.Contains(mark, StringComparison.Ordinal))).Part;

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
