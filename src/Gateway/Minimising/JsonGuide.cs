// Which members of a message are worth reading.
namespace Sisote.Gateway.Minimising;

/// <summary>
/// The members of an object that somebody could ask for later, and what is worth reading inside them. Arrays are not part of it: what holds for a member holds for each element of an array there.
/// </summary>
internal sealed class JsonGuide
{
    /// <summary>Reads every member, whatever its name.</summary>
    internal static readonly JsonGuide Everything = new();

    private readonly Dictionary<string, GuideField> members = new(StringComparer.Ordinal);
    private GuideField?[]? table;

    internal GuideField? Find(int number)
    {
        var all = table ??= ElementNames.Table(members);
        return (uint)number < (uint)all.Length ? all[number] : null;
    }

    internal JsonGuide? Below(string name) => members.GetValueOrDefault(name)?.Inside;

    /// <summary>Adds a member. Without a guide of its own a text, number or literal in it is read, and an object or array is stepped over.</summary>
    internal void Add(string name, JsonGuide? inside = null)
    {
        if (members.TryGetValue(name, out var known))
        {
            known.Inside ??= inside;
            known.Inside?.Take(inside, []);
        }
        else
        {
            members[name] = new GuideField(members.Count) { Inside = inside };
        }
    }

    /// <summary>Adds the members of another guide. Guides can lead back to themselves, as FHIR R4 types do.</summary>
    private void Take(JsonGuide? other, HashSet<JsonGuide> taken)
    {
        if (other is null || other == this || !taken.Add(other))
        {
            return;
        }

        foreach (var (name, field) in other.members)
        {
            if (members.TryGetValue(name, out var known) && known.Inside is { } inside)
            {
                inside.Take(field.Inside, taken);
            }
            else
            {
                members[name] = new GuideField(known?.Place ?? members.Count) { Inside = field.Inside };
            }
        }
    }
}

/// <summary>One member worth reading.</summary>
/// <param name="place">Its number in the object.</param>
internal sealed class GuideField(int place)
{
    internal int Place { get; } = place;

    internal JsonGuide? Inside { get; set; }
}
