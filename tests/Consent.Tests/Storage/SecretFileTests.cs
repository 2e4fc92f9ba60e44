// Key files are there whole or not at all, and only for their owner.
using System.Runtime.InteropServices;
using Sisote.Consent;
using Sisote.Consent.Clients;
using Sisote.Consent.Clients.Keys;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Consent.Witnessing;

namespace Sisote.Tests.Consent.Storage;

public sealed class SecretFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sisote-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task NobodyEverSeesHalfAKey()
    {
        const int Keys = 300;
        var (halves, seen, isDone) = (0, 0, false);
        var watching = Task.Run(() =>
        {
            for (var number = 0; number < Keys && !Volatile.Read(ref isDone);)
            {
                var file = new FileInfo(Path.Combine(folder, $"key-{number}"));
                if (file.Exists)
                {
                    halves += file.Length == 45 ? 0 : 1; // 32 bytes in base64, and the end of the line
                    (seen, number) = (seen + 1, number + 1);
                }
            }
        });

        for (var number = 0; number < Keys; number++)
        {
            KeyFile.Add(folder, $"key-{number}");
        }

        await watching.WaitAsync(TimeSpan.FromMinutes(1));
        Volatile.Write(ref isDone, true);
        Assert.Equal((0, Keys), (halves, seen));
        Assert.Equal(Keys, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void WhatACrashLeftIsNoKeyAndStopsNeitherAStartNorARotation()
    {
        foreach (var name in new[] { EnvelopeKeys.FirstFile, "consent.envelope.2.key", LogKey.SecretFile, WitnessKey.SecretFile })
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.{Guid.CreateVersion7():N}.unfinished"), "half a k");
        }

        var keys = EnvelopeKeys.Read(folder, make: true);
        using var signer = LogKey.Read(folder, null, "example.org/log", make: true);
        using var witness = WitnessKey.Read(folder, "example.org/witness", make: true);

        Assert.Equal((1, 2), (keys.All.Single().Number, keys.Add()));
        Assert.Equal([1, 2], EnvelopeKeys.Read(folder, make: false).All.Select(static key => key.Number));
        Assert.Equal("value"u8.ToArray(), EnvelopeKeys.Read(folder, make: false).Open(keys.Seal("value"u8, "here"), "here"));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights");
        Assert.All(Directory.GetFiles(folder, "*.key"), static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)));
    }

    [Fact]
    public void AKeyThatIsThereIsNeverWrittenOver()
    {
        var file = Path.Combine(folder, "consent.some.key");
        SecretFile.Write(file, "first");

        Assert.Throws<IOException>(() => SecretFile.Write(file, "second"));

        Assert.Equal("first", File.ReadAllText(file).Trim());
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void AFolderThatCannotBeLookedIntoNowLeavesTheKeysAsTheyWere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights");
        var keys = EnvelopeKeys.Read(folder, make: true);
        var rights = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder);
        try
        {
            Restrict(UnixFileMode.None);
            AsSomebodyWithoutPrivileges(() =>
            {
                keys.Reload();
                Assert.Throws<ConsentStartException>(() => EnvelopeKeys.Read(folder, make: false));
            });
        }
        finally
        {
            Restrict(rights);
        }

        Assert.Equal(1, keys.Newest.Number);

        void Restrict(UnixFileMode mode)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, mode);
            }
        }
    }

    // Root looks into every folder, so as root this thread touches files as `nobody` for a while (setfsuid(2) is a matter of the thread).
    private static void AsSomebodyWithoutPrivileges(Action action)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            action();
            return;
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), "whoever may do everything looks into every folder");
        const uint Nobody = 65534;
        _ = SetFileSystemUser(Nobody);
        try
        {
            action();
        }
        finally
        {
            _ = SetFileSystemUser(0);
        }
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
}
