// References in what a recipient reads.
using System.Text;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Release;

/// <summary>The client becomes the recipient's handle of the client. Any other reference would tell of something that this answer does not release, and is dropped.</summary>
internal sealed class ReadRelinker(string patientHandle) : Relinker
{
    private readonly byte[] subject = Encoding.ASCII.GetBytes($"{{\"reference\":\"Patient/{patientHandle}\"}}");

    internal override bool TryWriteSubject(PooledBytes output)
    {
        output.Add(subject);
        return true;
    }

    internal override bool TryWriteReference(FoundReference found, PooledBytes output) => found.IsClient && TryWriteSubject(output);
}
