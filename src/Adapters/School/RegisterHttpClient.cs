// The consent service's door for registers, from the adapters' side.
using System.Net.Http.Headers;
using System.Text.Json;
using Sisote.Adapters.Native;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;

namespace Sisote.Adapters.School;

/// <summary>Tells the consent service what a register proves, as the adapters' own identity.</summary>
internal sealed class RegisterHttpClient(Uri consent, AccessTokenSource tokens, NativeHttpClient http)
{
    /// <summary>How long taking over a whole register may last.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Tells a register; the same again changes nothing.</summary>
    /// <exception cref="NativeFaultException">The consent service did not take it.</exception>
    /// <exception cref="TokenRefusedException">The authority gave no token.</exception>
    public async Task<RelationshipsRecorded> TellAsync(RecordRelationships register, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(consent, "clients/relationships"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(InnerSystems.Adapters, Scopes.Inner, business: null, cancellation));
        request.Content = JsonContent.Create(register, options: SisoteJson.Options);
        var answer = await http.SendAsync(request, cancellation);
        return answer.IsGood && JsonSerializer.Deserialize<RelationshipsRecorded>(answer.Body, SisoteJson.Options) is { } recorded
            ? recorded
            : throw new NativeFaultException(NativeFault.Unreadable, "the consent service refused the register");
    }
}
