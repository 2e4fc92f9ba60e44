// What changes when a contract ends or a consent is withdrawn.
using System.Net;
using System.Net.Http.Headers;
using Sisote.Doors.Tokens;
using Sisote.Tests.EndToEnd.House;

namespace Sisote.Tests.EndToEnd;

public sealed class ChangeOfMindTests(ReferredHouse house) : IClassFixture<ReferredHouse>
{
    private const string Record = RunningSisote.Record;

    [Fact]
    public async Task WhenTheContractEndsEntriesOnBehalfAreRefusedAndWhenConsentIsWithdrawnTheVeryNextReadFindsNothing()
    {
        var limits = await house.GetAsync($"fhir/{Record}/Flag?patient={house.Handle}");
        var limit = limits.Resources[0]["id"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await house.GetAsync($"fhir/{Record}/Flag/{limit}")).Status);
        Assert.Equal(HttpStatusCode.Created, (await house.PostAsync($"fhir/{Record}/DocumentReference", Entries.Visit(house.Handle))).Status);

        await EndContractAsync("kuopio-on-behalf");
        var refused = await house.PostAsync($"fhir/{Record}/DocumentReference", Entries.Visit(house.Handle));
        refused.AssertRefused(HttpStatusCode.Forbidden, "agreement-missing");
        Assert.Contains("alternative-available", refused.Problems);
        Assert.Contains("EX-04", refused.Body, StringComparison.Ordinal);

        await house.WithdrawAsync("aino");
        await AssertLikeNeverExistedAsync($"fhir/{Record}/Flag/", limit, HttpStatusCode.NotFound);
        await AssertLikeNeverExistedAsync($"fhir/{Record}/Patient/", house.Handle, HttpStatusCode.NotFound);
        await AssertLikeNeverExistedAsync($"fhir/{Record}/Flag?patient=", house.Handle, HttpStatusCode.OK);
        var (aino, nobody) = (await house.FindAsync(RunningSisote.Aino), await house.FindAsync(RunningSisote.Nobody));
        AssertSame(aino, nobody, HttpStatusCode.OK);
    }

    /// <summary>The answer may repeat the handle that was asked for (its self link); else it is the same, byte for byte.</summary>
    private async Task AssertLikeNeverExistedAsync(string path, string handle, HttpStatusCode status)
    {
        var invented = Reverse(handle);
        var (known, neverExisted) = (await house.GetAsync(path + handle), await house.GetAsync(path + invented));
        AssertSame(
            known with { Body = known.Body.Replace(handle, "HANDLE", StringComparison.Ordinal) },
            neverExisted with { Body = neverExisted.Body.Replace(invented, "HANDLE", StringComparison.Ordinal) },
            status);
    }

    private static void AssertSame(Answer known, Answer neverExisted, HttpStatusCode status)
    {
        Assert.Equal(status, known.Status);
        Assert.Equal(neverExisted.Status, known.Status);
        Assert.Equal(neverExisted.Body, known.Body);
        Assert.Equal(
            neverExisted.Headers.Select(static header => header.Key).Order(StringComparer.OrdinalIgnoreCase),
            known.Headers.Select(static header => header.Key).Order(StringComparer.OrdinalIgnoreCase));
    }

    private async Task EndContractAsync(string agreement)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address(3), $"agreements/{agreement}/end"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.TokenAsync("sisote-operator", scope: Scopes.Inner));
        var answer = await house.SendAsync(request);
        Assert.True((int)answer.Status < 300, answer.Body);
    }

    private static string Reverse(string handle) => new([.. handle.Reverse()]);
}
