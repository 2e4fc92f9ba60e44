// All checks in the order in which one needs the other.
using System.Runtime.CompilerServices;

namespace Sisote.Host.Doctor;

/// <summary>Examines an installation or a gateway, one finding after the other as it comes.</summary>
internal sealed class Examination(DoctorSubject subject, IHttpClientFactory factory, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs every check that can be tried.</summary>
    internal async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var http = factory.CreateClient();
        http.Timeout = Patience;
        var services = new ServiceCheck(http, clock);
        var reached = true;
        await foreach (var finding in ReachAsync("gateway", subject.Gateway, "--gateway or Sisote__Gateway", services, cancellation))
        {
            reached &= finding.Verdict != Verdict.Bad;
            yield return finding;
        }

        var (said, issuing) = reached ? await services.FindIssuerAsync(subject.Gateway, subject.Issuer, cancellation) : (Finding.NotTried("gateway: what it says of itself", "the gateway is not reached"), null);
        yield return said;
        var issuer = subject.Issuer ?? issuing;
        await foreach (var finding in ExamineIssuerAsync(issuer, services, cancellation))
        {
            reached &= finding.Verdict != Verdict.Bad;
            yield return finding;
        }

        await foreach (var finding in ExamineInnerDoorsAsync(services, cancellation))
        {
            yield return finding;
        }

        await foreach (var finding in subject.Named is { } named ? new AdapterCheck(subject.Settings, clock).ExamineAsync(named, cancellation) : NotTried())
        {
            yield return finding;
        }

        await foreach (var finding in reached && issuer is not null ? MakeExchange(http, issuer).ExamineAsync(cancellation) : NotTried("token", "exchange"))
        {
            yield return finding;
        }
    }

    private async IAsyncEnumerable<Finding> ReachAsync(string door, Uri address, string setting, ServiceCheck services, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var open = true;
        await foreach (var finding in new AddressCheck(clock).ExamineAsync(door, address, setting, cancellation))
        {
            open &= finding.Verdict != Verdict.Bad;
            yield return finding;
        }

        yield return open ? await services.CompareClocksAsync(door, address, cancellation) : Finding.NotTried($"{door}: clock", "it is not reached");
    }

    private async IAsyncEnumerable<Finding> ExamineIssuerAsync(Uri? issuer, ServiceCheck services, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (issuer is null)
        {
            yield return Finding.NotTried("issuer: discovery", "its address is not known");
            yield break;
        }

        var open = true;
        await foreach (var finding in new AddressCheck(clock).ExamineAsync("issuer", issuer, "Sisote__Issuer", cancellation))
        {
            open &= finding.Verdict != Verdict.Bad;
            yield return finding;
        }

        await foreach (var finding in open ? services.ExamineIssuerAsync(issuer, cancellation) : NotTried("issuer: discovery"))
        {
            yield return finding;
        }
    }

    private async IAsyncEnumerable<Finding> ExamineInnerDoorsAsync(ServiceCheck services, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (name, address, setting) in subject.InnerDoors)
        {
            var open = true;
            await foreach (var finding in ReachAsync(name, address, setting, services, cancellation))
            {
                open &= finding.Verdict != Verdict.Bad;
                if (finding.Verdict != Verdict.Good)
                {
                    yield return finding;
                }
            }

            if (open)
            {
                yield return name == "consent" ? await services.AskReadinessAsync(name, address, cancellation) : Finding.Good(name, $"{address} answers");
            }
        }
    }

    private ExchangeCheck MakeExchange(HttpClient http, Uri issuer) =>
        new(http, factory, subject with { Settings = subject.Settings with { Issuer = issuer } }, clock);

    private static async IAsyncEnumerable<Finding> NotTried(params string[] checks)
    {
        foreach (var check in checks)
        {
            yield return await Task.FromResult(Finding.NotTried(check, "what it needs is not in order"));
        }
    }
}
