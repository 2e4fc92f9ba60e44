// The yardstick: what any durable log could reach at best.
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Sisote.Tests.Benchmarks;

/// <summary>A preallocated file to which one writer appends whatever waits, with one <c>fdatasync</c> for all of it (group commit). No checks, no index, no network.</summary>
internal sealed class AppendFile : IAsyncDisposable
{
    private const long Preallocated = 1L << 30;

    private readonly Channel<(byte[] Record, TaskCompletionSource Done)> line = Channel.CreateUnbounded<(byte[], TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SafeFileHandle file;
    private readonly Task writing;
    private byte[] buffer = new byte[1 << 20];
    private long end;

    public AppendFile(string path)
    {
        file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, Preallocated);
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Appends a record; done when it is on the disk.</summary>
    public Task AppendAsync(byte[] record)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return line.Writer.TryWrite((record, done)) ? done.Task : throw new InvalidOperationException("The file is closed.");
    }

    public async ValueTask DisposeAsync()
    {
        line.Writer.Complete();
        await writing;
        file.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<TaskCompletionSource>();
        while (await line.Reader.WaitToReadAsync())
        {
            var length = 0;
            while (line.Reader.TryRead(out var next))
            {
                length = Put(next.Record, length);
                batch.Add(next.Done);
            }

            RandomAccess.Write(file, buffer.AsSpan(0, length), end);
            end = (end + length) % (Preallocated - buffer.Length);
            if (DataSync(file) != 0)
            {
                throw new IOException("fdatasync failed.");
            }

            batch.ForEach(static done => done.SetResult());
            batch.Clear();
        }
    }

    private int Put(byte[] record, int at)
    {
        if (at + sizeof(int) + record.Length > buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), record.Length);
        record.CopyTo(buffer, at + sizeof(int));
        return at + sizeof(int) + record.Length;
    }

#pragma warning disable SYSLIB1054, CA5392 // a generated import needs unsafe code; libc is the system's own
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int DataSync(SafeFileHandle file);
#pragma warning restore SYSLIB1054, CA5392
}
