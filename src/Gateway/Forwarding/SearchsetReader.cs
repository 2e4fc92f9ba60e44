// Finds the resources in a source's answer.
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Forwarding;

/// <summary>Takes the resources out of a searchset Bundle: entries that match, of the type asked for, and nothing else that a Bundle can hold.</summary>
internal static class SearchsetReader
{
    /// <summary>The rows of the matching resources of a type; null where the text is no searchset Bundle.</summary>
    internal static List<int>? Read(SoundJson json, TypeShape shape)
    {
        var found = new List<int>();
        return TryRead(json, shape, found) ? found : null;
    }

    /// <summary>Adds the rows of the matching resources of a type; false where the text is no searchset Bundle.</summary>
    internal static bool TryRead(SoundJson json, TypeShape shape, List<int> found)
    {
        if (!json.IsObject(0) || !Says(json, 0, ElementNames.ResourceType, "Bundle"u8) || !Says(json, 0, ElementNames.Type, "searchset"u8))
        {
            return false;
        }

        if (json.Member(0, ElementNames.Entry) is > 0 and var entries && json.IsArray(entries))
        {
            for (int entry = entries + 1, end = json.EndOf(entries); entry < end; entry = json.Next(entry))
            {
                if (json.IsObject(entry) && json.Member(entry, ElementNames.Resource) is > 0 and var resource && IsMatch(json, entry) && ResourceIndex.TypeOf(json, resource).SequenceEqual(shape.Utf8Name))
                {
                    found.Add(resource);
                }
            }
        }

        return true;
    }

    /// <summary>An entry that does not say how it was found counts as a match.</summary>
    private static bool IsMatch(SoundJson json, int entry)
    {
        var search = json.Member(entry, ElementNames.Search);
        if (search == 0 || !json.IsObject(search))
        {
            return true;
        }

        var mode = json.Member(search, ElementNames.Mode);
        return mode == 0 || !json.IsText(mode) || json.Say(mode).SequenceEqual("match"u8);
    }

    private static bool Says(SoundJson json, int row, int name, ReadOnlySpan<byte> text) =>
        json.Member(row, name) is > 0 and var member && json.IsText(member) && json.Say(member).SequenceEqual(text);
}
