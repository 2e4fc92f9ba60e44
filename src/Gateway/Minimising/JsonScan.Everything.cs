// Objects of which every member is read, whatever its name.
namespace Sisote.Gateway.Minimising;

internal ref partial struct JsonScan
{
    private static ReadOnlySpan<byte> ModifierExtension => "modifierExtension"u8;

    private int ScanAnyObject(int at, int depth, int name, int number)
    {
        if (depth > StrictJson.MaximumDepth)
        {
            return Bad;
        }

        var own = Add(at, 0, name, number, JsonKind.Object);
        at = SkipSpace(at + 1);
        if (At(at) == '}')
        {
            return Close(own, at);
        }

        var seen = 0UL;
        for (var room = StrictJson.MaximumMembers; room > 0; room--)
        {
            at = SkipSpace(ScanAnyMember(at, depth, own, ref seen));
            switch (At(at))
            {
                case (byte)',':
                    at = SkipSpace(at + 1);
                    break;
                case (byte)'}':
                    return Close(own, at);
                default:
                    return Bad;
            }
        }

        return Bad;
    }

    private int ScanAnyMember(int at, int depth, int own, ref ulong seen)
    {
        var value = SkipSpace(EndOfName(at, out var name));
        if (value == Bad)
        {
            return Bad;
        }

        // As long as a bit is free, no name of its hash has been seen and nothing needs comparing.
        var bit = 1UL << (int)(Utf8Key.Of(name).Hash >> 58);
        if ((seen & bit) != 0 && IsAmong(own, name))
        {
            return Bad;
        }

        seen |= bit;
        if (name.Length == ModifierExtension.Length && name.SequenceEqual(ModifierExtension))
        {
            modifierExtensions.Add(count);
        }

        return ScanValue(value, depth, JsonGuide.Everything, at, known.Find(name)?.Value ?? ElementNames.Unknown);
    }

    private readonly bool IsAmong(int own, ReadOnlySpan<byte> name)
    {
        for (var row = own + 1; row < count; row += rows[row].Width)
        {
            var other = text[(rows[row].Name + 1)..];
            if (other.Length > name.Length && other[name.Length] == '"' && other.StartsWith(name))
            {
                return true;
            }
        }

        return false;
    }
}
