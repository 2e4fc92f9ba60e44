// What the school's register proves is told to the consent service, again where it was not taken.
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;

namespace Sisote.Tests.Adapters.School;

public sealed class RosterSyncTests
{
    private const string Recorded = "{\"begun\":1,\"changed\":0,\"ended\":0,\"schoolForms\":1}";

    [Theory]
    [InlineData(200, Recorded)]
    [InlineData(503, "{}")]
    [InlineData(400, "{}")]
    [InlineData(200, "not json")]
    public async Task TheWholeRegisterIsToldAtTheStartUntilItIsTaken(int firstStatus, string firstAnswer)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        await using var consent = await HostileSystem.StartAsync(async call =>
        {
            var isFirst = Interlocked.Increment(ref calls) == 1;
            call.Response.StatusCode = isFirst ? firstStatus : 200;
            await call.Response.WriteAsync(isFirst ? firstAnswer : Recorded);
            if (!isFirst || firstAnswer == Recorded)
            {
                told.TrySetResult();
            }
        });
        await using var house = await SectorHouse.StartAsync(consent: consent.Address);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.All(consent.Asked, static asked => Assert.Equal("/clients/relationships", asked.Address));
        var (_, headers, body) = consent.Asked.Last();
        Assert.Equal("sisote-adapters", new JsonWebTokenHandler().ReadJsonWebToken(headers["Authorization"]["Bearer ".Length..]).Subject);
        var register = JsonSerializer.Deserialize<RecordRelationships>(body, SisoteJson.Options)!;
        Assert.Equal(("kuopio-koulu", "enrolment teaching"), (register.Source.Value, string.Join(' ', register.Kinds.Order(StringComparer.Ordinal))));
        Assert.Equal(["", "ope-laine", "ope-manty"], register.Rows.Where(static row => row.Identifier == SectorHouse.Lumi).Select(static row => $"{row.Professional}").Order(StringComparer.Ordinal));
        Assert.Equal(("basic", 3), (register.SchoolForms.Single(static one => one.Identifier == SectorHouse.Lumi).SchoolForm, register.SchoolForms.Length));
    }
}
