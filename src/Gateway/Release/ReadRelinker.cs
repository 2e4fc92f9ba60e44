// References in what a recipient reads.
using System.Text;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The client becomes the recipient's handle of the client. Any other reference would tell of something that this answer does not release, and is dropped.</summary>
internal sealed class ReadRelinker(string patientHandle, string? clientReference) : Relinker
{
    internal override bool TryWriteSubject(PooledBytes output)
    {
        output.Add("{\"reference\":\"Patient/"u8);
        output.Add(Encoding.ASCII.GetBytes(patientHandle));
        output.Add("\"}"u8);
        return true;
    }

    internal override bool TryWriteReference(FoundReference found, PooledBytes output) =>
        found.Literal is { } literal && literal == clientReference && TryWriteSubject(output);
}
