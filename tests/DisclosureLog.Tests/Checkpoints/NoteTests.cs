// Signed notes: the outside examples, and every way to get one wrong.
using System.Text.Json;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class NoteTests
{
    [Fact]
    public void TheNotesPrintedInTheSpecificationsAreReadAndVerified()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(SharedData.Require("tlog-merkle", "signed-note-vectors.json")));
        var verified = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var text = vector.GetProperty("note").GetString();

            Assert.True(Note.TryParse(text, out var note));
            Assert.Equal(text, note.ToString());
            if (vector.GetProperty("vkey").GetString() is { } vkey)
            {
                Assert.Equal(vector.GetProperty("valid").GetBoolean(), note.IsSignedBy(NoteVerifier.Parse(vkey)));
                Assert.Equal(vkey, NoteVerifier.Parse(vkey).ToString());
                verified++;
            }
        }

        Assert.Equal(2, vectors.RootElement.GetArrayLength());
        Assert.Equal(1, verified);
    }

    [Fact]
    public void ASignedTextVerifiesAndAnyChangedCharacterDoesNot()
    {
        using var signer = NoteSigner.Generate("sisote.example/log");
        var signed = signer.Sign("first\nsecond\n").ToString();

        Assert.True(Note.TryParse(signed, out var note));
        Assert.True(note.IsSignedBy(signer.Verifier));
        for (var at = 0; at < signed.Length; at++)
        {
            var changed = $"{signed[..at]}{(char)(signed[at] ^ 1)}{signed[(at + 1)..]}";
            Assert.False(Note.TryParse(changed, out var other) && other.IsSignedBy(signer.Verifier), $"Character {at} may change.");
        }
    }

    [Fact]
    public void SignaturesOfUnknownKeysAreIgnoredButAWrongOneOfAKnownKeySpoilsTheNote()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        using var witness = NoteSigner.Generate("sisote.example/witness");
        var note = log.Sign("text\n");
        var cosigned = note with { Signatures = [.. witness.Sign("text\n").Signatures, .. note.Signatures] };
        var spoiled = note with { Signatures = [.. note.Signatures, .. witness.Sign("other\n").Signatures] };

        Assert.True(cosigned.IsSignedBy(log.Verifier));
        Assert.True(cosigned.IsSignedBy(log.Verifier, witness.Verifier));
        Assert.True(spoiled.IsSignedBy(log.Verifier));
        Assert.False(spoiled.IsSignedBy(log.Verifier, witness.Verifier));
        Assert.False(note.IsSignedBy(witness.Verifier));
        Assert.False(note.IsSignedBy());
    }

    [Fact]
    public void ANoteWithSixteenSignaturesIsRead()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        var others = Enumerable.Range(0, 15).SelectMany(i => NoteSigner.Generate($"w{i}").Sign("text\n").Signatures);
        var note = log.Sign("text\n");

        Assert.True(Note.TryParse((note with { Signatures = [.. others, .. note.Signatures] }).ToString(), out var parsed));
        Assert.True(parsed.IsSignedBy(log.Verifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 name\n")]
    [InlineData("text\n\n\u2014 name AAAAAA==\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA=")]
    [InlineData("text\n\n\u2014 na+me AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("te\txt\n\n\u2014 name AAAAAAA=\n")]
    [InlineData("te\rxt\n\n\u2014 name AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 name AAAAAAA\n")]
    [InlineData("text\n\n\u2014 name AAAAAAB=\n")]
    public void AMalformedNoteIsRefused(string note) => Assert.False(Note.TryParse(note, out _));

    [Fact]
    public void ANoteThatIsNotUnicodeIsRefused()
    {
        Assert.True(Note.TryParse("te\U0001F3C3xt\n\n\u2014 name AAAAAAA=\n", out _));
        Assert.False(Note.TryParse("te\ud800xt\n\n\u2014 name AAAAAAA=\n", out _));
        Assert.False(Note.TryParse(null, out _));
    }

    [Theory]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", true)]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false)]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false)]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false)]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false)]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=", false)]
    [InlineData("example.com/foo+530d903a", false)]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false)]
    [InlineData("", false)]
    public void OnlyAVerifierKeyWhoseIdentifierFitsIsRead(string vkey, bool fits) => Assert.Equal(fits, NoteVerifier.TryParse(vkey, out _));

    [Fact]
    public void ASigningKeySurvivesItsFileAndHidesItselfElsewhere()
    {
        using var made = NoteSigner.Generate("sisote.example/log");
        var secret = made.RevealSecret();
        using var read = NoteSigner.Parse(secret);

        Assert.Equal(made.Verifier.ToString(), read.Verifier.ToString());
        Assert.Equal(made.Sign("text\n").ToString(), read.Sign("text\n").ToString());
        Assert.Equal(made.Verifier.ToString(), made.ToString());
        Assert.False(NoteSigner.TryParse(secret.Replace("sisote", "sosite"), out _));
        Assert.False(NoteSigner.TryParse(secret[..^4], out _));
        Assert.False(NoteSigner.TryParse(made.Verifier.ToString(), out _));
        Assert.Throws<FormatException>(() => NoteSigner.Generate("two words"));
        Assert.Throws<ArgumentException>(() => made.Sign("no newline"));
    }
}
