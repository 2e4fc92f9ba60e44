// One object of a FHIR resource, read so that nothing in it is overlooked.
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sisote.Consent.Fhir;

/// <summary>
/// Hands out members by name and remembers which were asked for. INVARIANT: what nobody asked for is a fault (<see cref="Close"/>), so that an element which could change the meaning never passes
/// because it is new.
/// </summary>
internal sealed partial class FhirNode(JsonElement element, string path, List<ConsentFault> faults)
{
    private const int LongestText = 500;
    private const string NotTaken = "This element is not taken here.";
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>Whether there is such a member.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A member that is an object; null where it is missing or none.</summary>
    public FhirNode? One(string name) => Take(name, JsonValueKind.Object) is { } found ? new FhirNode(found, Below(name), faults) : null;

    /// <summary>A member that has to be there.</summary>
    public FhirNode? Needed(string name, string whatToDo)
    {
        Need(name, whatToDo);
        return One(name);
    }

    /// <summary>The objects of a member that is a list; none where it is missing.</summary>
    public IReadOnlyList<FhirNode> Many(string name)
    {
        if (Take(name, JsonValueKind.Array) is not { } list)
        {
            return [];
        }

        var nodes = new List<FhirNode>();
        foreach (var (index, one) in list.EnumerateArray().Index())
        {
            var below = $"{Below(name)}[{index}]";
            if (one.ValueKind == JsonValueKind.Object)
            {
                nodes.Add(new FhirNode(one, below, faults));
            }
            else
            {
                faults.Add(new(ConsentFault.Structure, below, "An object stands here."));
            }
        }

        return nodes;
    }

    /// <summary>A member that is a text; null where it is missing or none.</summary>
    public string? Text(string name)
    {
        if (Take(name, JsonValueKind.String)?.GetString() is not { } text)
        {
            return null;
        }

        if (text.Length is > 0 and <= LongestText)
        {
            return text;
        }

        Refuse(name, ConsentFault.Value, $"1 to {LongestText} characters.");
        return null;
    }

    /// <summary>A text that has to be there.</summary>
    public string? NeededText(string name, string whatToDo)
    {
        Need(name, whatToDo);
        return Text(name);
    }

    /// <summary>Members that change nothing of the meaning and are not kept.</summary>
    public void Pass(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            taken.Add(name);
        }
    }

    /// <summary>Says what is wrong with a member.</summary>
    public void Refuse(string name, string kind, string whatToDo) => faults.Add(new(kind, Below(name), whatToDo));

    /// <summary>Says what is wrong with this object.</summary>
    public void Refuse(string kind, string whatToDo) => faults.Add(new(kind, path, whatToDo));

    /// <summary>Whatever was not asked for is a fault.</summary>
    public void Close()
    {
        foreach (var member in element.EnumerateObject().Where(member => !taken.Contains(member.Name)))
        {
            // A name that is none of FHIR's may hold anything, so it is not repeated.
            var at = ElementName().IsMatch(member.Name) ? Below(member.Name) : path;
            faults.Add(new(KindOf(member.Name), at, NotHeldReasons.GetValueOrDefault(member.Name, NotTaken)));
        }
    }

    private static readonly Dictionary<string, string> NotHeldReasons = new(StringComparer.Ordinal)
    {
        ["provision"] = "Nested provisions are not held: say in one provision which classes are permitted.",
        ["securityLabel"] = "Security labels are not held: name the data items as classes.",
        ["security"] = "Security labels are not held.",
        ["data"] = "A consent to single resources is not held: name the data items as classes.",
        ["dataPeriod"] = "A limit to the time of the data is not held.",
        ["action"] = "Actions are not held: the purpose says what for.",
        ["code"] = "Codes are not held: name the data items as classes.",
        ["verification"] = "Say in the extension for evidence how it was given and who recorded it.",
        ["modifierExtension"] = "This modifier is not known here.",
        ["implicitRules"] = "Rules from elsewhere are not followed.",
        ["reference"] = "References are not followed: name it by identifier.",
        ["sourceReference"] = "References are not followed: sourceAttachment names language and version of the text.",
    };

    private static string KindOf(string name) => name switch
    {
        "extension" or "modifierExtension" => ConsentFault.Extension,
        _ when NotHeldReasons.ContainsKey(name) => ConsentFault.NotHeld,
        _ => ConsentFault.Structure,
    };

    private JsonElement? Take(string name, JsonValueKind kind)
    {
        taken.Add(name);
        if (!element.TryGetProperty(name, out var found))
        {
            return null;
        }

        if (found.ValueKind == kind && !(kind == JsonValueKind.Array && found.GetArrayLength() == 0))
        {
            return found;
        }

        Refuse(name, ConsentFault.Structure, kind switch { JsonValueKind.Object => "An object stands here.", JsonValueKind.Array => "A list of at least one stands here.", _ => "A text stands here." });
        return null;
    }

    private void Need(string name, string whatToDo)
    {
        if (!Has(name))
        {
            Refuse(name, ConsentFault.Required, whatToDo);
        }
    }

    private string Below(string name) => $"{path}.{name}";

    [GeneratedRegex("^_?[A-Za-z]{1,40}$")]
    private static partial Regex ElementName();
}
