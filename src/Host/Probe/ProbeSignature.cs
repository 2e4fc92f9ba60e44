// The signature of a probe's report.
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;

namespace Sisote.Host.Probe;

/// <summary>A report is a JWS in compact form (RFC 7515), signed with the operator's key (ES256): <c>typ</c> says what it is, the payload is the report in JSON.</summary>
internal static class ProbeSignature
{
    /// <summary>Type in the header of the JWS.</summary>
    internal const string Type = "sisote-probe+jws";

    /// <summary>The report, signed.</summary>
    internal static string Sign(ProbeReport report, SystemKey key)
    {
        var credentials = key.Credentials;
        var head = JsonSerializer.SerializeToUtf8Bytes(new { alg = SecurityAlgorithms.EcdsaSha256, typ = Type, kid = credentials.Key.KeyId });
        var text = $"{Base64Url.EncodeToString(head)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(report, SisoteJson.Options))}";
        var signing = credentials.Key.CryptoProviderFactory.CreateForSigning(credentials.Key, SecurityAlgorithms.EcdsaSha256);
        return $"{text}.{Base64Url.EncodeToString(signing.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The report of a file; null where none of the keys signed it as one.</summary>
    internal static ProbeReport? Open(string file, JsonWebKeySet keys)
    {
        try
        {
            return file.Trim().Split('.') is [var head, var payload, var signature]
                && JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement is var said && ProbeAnswer.Text(said, "alg") == SecurityAlgorithms.EcdsaSha256 && ProbeAnswer.Text(said, "typ") == Type
                && keys.Keys.Any(key => key.KeyId == ProbeAnswer.Text(said, "kid") && IsSigned(key, Encoding.ASCII.GetBytes($"{head}.{payload}"), Base64Url.DecodeFromChars(signature)))
                && JsonSerializer.Deserialize<ProbeReport>(Base64Url.DecodeFromChars(payload), SisoteJson.Options) is { Format: ProbeReport.Current } report
                ? report
                : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or CryptographicException)
        {
            return null;
        }
    }

    private static bool IsSigned(JsonWebKey key, byte[] text, byte[] signature)
    {
        if (key is not { Kty: "EC", Crv: "P-256", X: { } x, Y: { } y })
        {
            return false;
        }

        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) } });
        return ec.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
