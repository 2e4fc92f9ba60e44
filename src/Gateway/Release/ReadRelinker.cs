// References in what a recipient reads.
using System.Text;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The client becomes the recipient's handle of the client. Any other reference would tell of something that this answer does not release, and is dropped.</summary>
internal sealed class ReadRelinker(string patientHandle) : Relinker
{
    internal override bool TryWriteSubject(PooledBytes output)
    {
        output.Add("{\"reference\":\"Patient/"u8);
        Encoding.ASCII.GetBytes(patientHandle, output.Room(patientHandle.Length).Span);
        output.Advance(patientHandle.Length);
        output.Add("\"}"u8);
        return true;
    }

    internal override bool TryWriteReference(FoundReference found, PooledBytes output) => found.IsClient && TryWriteSubject(output);
}
