// Key files.
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Tokens;

namespace Sisote.Tests.Doors.Tokens;

public sealed class SystemKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Keys => Path.Combine(folder.Path, "keys");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WhatTheKeySignsItsPublicFileVerifies()
    {
        SystemKey.Ensure(Keys, "one");

        Assert.True(await VerifiesAsync("one"));
    }

    [Fact]
    public void ThePublicFileHoldsNothingSecretAndThePrivateOneIsForItsOwnerOnly()
    {
        SystemKey.Ensure(Keys, "one");

        using var published = JsonDocument.Parse(File.ReadAllText(SystemKey.PublicFile(Keys, "one")));
        Assert.False(Assert.Single(published.RootElement.GetProperty("keys").EnumerateArray()).TryGetProperty("d", out _));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SystemKey.PrivateFile(Keys, "one")));
        }
    }

    [Fact]
    public void AnExistingKeyIsKept()
    {
        SystemKey.Ensure(Keys, "one");
        var before = File.ReadAllText(SystemKey.PrivateFile(Keys, "one"));

        SystemKey.Ensure(Keys, "one");

        Assert.Equal(before, File.ReadAllText(SystemKey.PrivateFile(Keys, "one")));
    }

    [Fact]
    public async Task ALostPublicFileIsWrittenAnewFromThePrivateKey()
    {
        SystemKey.Ensure(Keys, "one");
        File.Delete(SystemKey.PublicFile(Keys, "one"));

        SystemKey.Ensure(Keys, "one");

        Assert.True(await VerifiesAsync("one"));
    }

    [Fact]
    public async Task SeveralProcessesThatStartTogetherEndWithOneKeyPair()
    {
        await Parallel.ForAsync(0, 16, (_, _) =>
        {
            SystemKey.Ensure(Keys, "one");
            return ValueTask.CompletedTask;
        });

        Assert.True(await VerifiesAsync("one"));
        Assert.Equal(2, Directory.GetFiles(Keys).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""")]
    public void AFileWithoutAPrivateKeyIsRefused(string content)
    {
        var file = Path.Combine(folder.Path, "bad.json");
        File.WriteAllText(file, content);

        Assert.Throws<CryptographicException>(() => SystemKey.Read(file));
    }

    private async Task<bool> VerifiesAsync(string system)
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor { Issuer = system, Audience = "test", SigningCredentials = SystemKey.Read(SystemKey.PrivateFile(Keys, system)).Credentials });
        var keys = JsonWebKeySet.Create(await File.ReadAllTextAsync(SystemKey.PublicFile(Keys, system), TestContext.Current.CancellationToken));
        return (await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters { ValidIssuer = system, ValidAudience = "test", IssuerSigningKeys = keys.GetSigningKeys() })).IsValid;
    }
}
