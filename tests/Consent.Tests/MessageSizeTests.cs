// What a caller may put into a key, and how much into a message.
using System.Net;
using System.Net.Http.Json;
using Sisote.Consent;
using Sisote.Doors.Json;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent;

public sealed class MessageSizeTests(PostgresFixture postgres)
{
    public static TheoryData<string> OddIds => [" {0}", "{0} ", "{0}\n", "\u2028{0}", "{0}\u00a0", "{{{0}}}", "{0}0", "", "0x{0}"];

    [Theory, MemberData(nameof(OddIds))]
    public async Task AnIdentifierIsThirtyTwoHexadecimalDigitsAndNothingAround(string shape)
    {
        var id = Some.Id();
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        using var answer = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", Some.Consent(string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, id)), SisoteJson.Options);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.StatusCode, await answer.SlugAsync()));
        Assert.False(FreshId.Is(string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, id)));
        Assert.True(FreshId.Is(id));
        using var given = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", Some.Consent(id), SisoteJson.Options);
        Assert.True(given.IsSuccessStatusCode);
    }

    [Fact]
    public async Task AMessageLargerThanADoorNeedsIsNotRead()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var size = await room.LogSizeAsync();
        foreach (var length in new[] { BodyLimits.Largest, 4 * BodyLimits.Largest })
        {
            using var answer = await room.Client(Some.Aino).PostAsJsonAsync("/me/consents", Some.Consent(new string(' ', length)), SisoteJson.Options);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }

        Assert.Equal(size, await room.LogSizeAsync());
    }
}
