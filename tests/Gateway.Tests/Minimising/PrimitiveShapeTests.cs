// The shapes of primitives asked many bytes at once, against the same asked plainly.
using System.Text;
using System.Text.Json;
using CsCheck;
using Sisote.Gateway.Minimising;
using Sisote.Tests.Gateway.Minimising.Plain;

namespace Sisote.Tests.Gateway.Minimising;

public sealed class PrimitiveShapeTests
{
    private const string Letters = "0129:-+TZ./ a";

    private static readonly string[] Times =
    [
        "2026", "2026-03", "2026-03-01", "08:15:30", "08:15:30.123", "2026-03-01T08:15:30Z", "2026-03-01T08:15:30+02:00", "2026-03-01T08:15:30-02:00",
        "2026-03-01T08:15:30.1Z", "2026-03-01T08:15:30.123+02:00", "2026-03-01T08:15:30.123456789Z", "2026-03-01T08:15:30", "2026-03-01T08:15+02:00", "2026-03-01T", "0501234567",
    ];

    [Fact]
    public void ATimeFitsOrNotAsThePlainShapesSay()
    {
        Assert.All(Times, static time => AssertSame(time, PrimitiveShape.Temporal));
        Gen.Select(Gen.Int[0, Times.Length - 1], Gen.Int[0, 40], Gen.Int[0, Letters.Length - 1], Gen.Int[0, 3]).Sample(static (place, at, letter, how) =>
        {
            var (time, one) = (Times[place], Letters[letter]);
            at = Math.Min(at, time.Length - 1);
            AssertSame(how switch { 0 => time.Remove(at, 1), 1 => time.Insert(at, one.ToString()), 2 => time[..at], _ => $"{time[..at]}{one}{time[(at + 1)..]}" }, PrimitiveShape.Temporal);
        }, iter: 20_000);
    }

    [Theory]
    [InlineData(PrimitiveShape.Code)]
    [InlineData(PrimitiveShape.Address)]
    [InlineData(PrimitiveShape.Base64)]
    internal void OneCharacterOutsideTheSetIsFoundAtAnyPlaceOfATextOfAnyLength(PrimitiveShape shape)
    {
        for (var length = 0; length <= 70; length++)
        {
            AssertSame(new string('a', length), shape);
            for (var at = 0; at < length; at++)
            {
                AssertSame($"{new string('a', at)} {new string('a', length - at - 1)}", shape);
                AssertSame($"{new string('a', at)}ä{new string('a', length - at - 1)}", shape);
            }
        }

        for (var one = ' '; one < '\u0100'; one++)
        {
            AssertSame($"a{one}", shape);
        }
    }

    private static void AssertSame(string text, PrimitiveShape shape)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(text, UnescapedJson.Options);
        var field = new MaskField { Name = "x", Kind = FieldKind.Primitive, Repeats = false, Shape = shape };
        using var sound = new SoundJson();
        Assert.True(sound.TryRead(json));
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Assert.True(PlainShapes.Fits(ref reader, field) == PrimitiveShapes.Fits(sound, 0, field), $"{shape} {Encoding.UTF8.GetString(json)}");
    }
}
