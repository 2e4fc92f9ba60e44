// What the consent service of the demonstration must know before the first call.
using System.Net.Http.Headers;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.Demo;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Host.House;

/// <summary>Tells the consent service, through its ordinary door, the facts that a population register would: who has a safety prohibition, who is of compulsory age, who is whose guardian.</summary>
internal static class DemoSeed
{
    /// <summary>Records the facts; a second time changes nothing.</summary>
    /// <exception cref="StartFaultException">The door did not take them.</exception>
    internal static async Task SeedAsync(RunningHouse house, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        try
        {
            var token = await house.GetOperatorTokenAsync(cancellation);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var facts in house.ReadPersons().Facts)
            {
                using var answer = await client.PostAsJsonAsync(new Uri(house.Settings.Consent, "clients/facts"), ToMessage(facts), SisoteJson.Options, cancellation);
                answer.EnsureSuccessStatusCode();
            }

            foreach (var child in house.ReadPersons().Guardians.GroupBy(static one => one.Child))
            {
                using var answer = await client.PostAsJsonAsync(new Uri(house.Settings.Consent, "clients/guardians"), ToMessage(child.Key, [.. child]), SisoteJson.Options, cancellation);
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or TokenRefusedException or IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartFaultException($"The demonstration's facts could not be recorded ({fault.Message}). The lines above say why. If keys or the database were exchanged, put back what belongs together; only where nothing of it is needed, begin anew with --fresh.", fault);
        }
    }

    private static RecordGuardians ToMessage(string child, IReadOnlyList<DemoGuardian> guardians) => new()
    {
        Source = SystemId.Parse("vtj"),
        AsOf = TimeProvider.System.GetUtcNow(),
        Identifier = child,
        Name = guardians[0].Name,
        Guardians = [.. guardians.Select(one => new ToldGuardian { Identifier = one.Guardian, Custody = one.Custody, From = FinnishTime.StartOf(Hetu.Parse(child).BirthDate) })],
    };

    private static RecordFacts ToMessage(DemoFacts facts) => new()
    {
        Identifier = facts.Hetu,
        Facts = new ToldFacts { SafetyProhibition = facts.SafetyProhibition, CompulsoryAge = facts.CompulsoryAge, SchoolForm = facts.SchoolForm },
    };
}
