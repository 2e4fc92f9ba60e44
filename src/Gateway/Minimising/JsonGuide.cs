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

    /// <summary>Adds a member. Without a guide of its own texts, numbers and literals are read in it, and arrays of them; objects there count as holding nothing.</summary>
    internal void Add(string name, JsonGuide? inside = null)
    {
        if (members.TryGetValue(name, out var known))
        {
            known.Inside.Take(inside, []);
        }
        else
        {
            members[name] = new GuideField(members.Count, inside ?? new JsonGuide());
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
            if (members.TryGetValue(name, out var known))
            {
                known.Inside.Take(field.Inside, taken);
            }
            else
            {
                members[name] = new GuideField(members.Count, field.Inside);
            }
        }
    }
}

/// <summary>One member worth reading.</summary>
/// <param name="Place">Its number in the object.</param>
/// <param name="Inside">What is worth reading inside it.</param>
internal sealed record GuideField(int Place, JsonGuide Inside);
