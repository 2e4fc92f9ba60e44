// Codings, concepts and references of a FHIR resource that is taken in.
namespace Sisote.Consent.Fhir;

/// <summary>A code in its system, with its place.</summary>
internal sealed record ReadCode(string System, string Code, FhirNode At);

/// <summary>Reads them with nothing beside system and code: a text or a version could say something else.</summary>
internal static class FhirCodings
{
    /// <summary>A coding; null where it lacks something.</summary>
    public static ReadCode? Coding(FhirNode node)
    {
        var system = node.NeededText("system", "Every code is in a system.");
        var code = node.NeededText("code", "Every coding has a code.");
        node.Pass("display");
        node.Close();
        return system is null || code is null ? null : new ReadCode(system, code, node);
    }

    /// <summary>A concept of exactly one coding.</summary>
    public static ReadCode? Concept(FhirNode node)
    {
        var codings = node.Many("coding");
        node.Close();
        if (codings.Count != 1)
        {
            node.Refuse("coding", ConsentFault.Structure, "Exactly one coding says what is meant.");
            return null;
        }

        return Coding(codings[0]);
    }

    /// <summary>A reference by identifier to something of one type.</summary>
    public static ReadCode? Named(FhirNode node, string type)
    {
        if (node.Text("type") is { } said && said != type)
        {
            node.Refuse("type", ConsentFault.Value, $"A {type} stands here.");
        }

        node.Pass("display");
        var identifier = node.Needed("identifier", "Name it by identifier.");
        node.Close();
        return identifier is null ? null : Identifier(identifier);
    }

    /// <summary>An identifier.</summary>
    public static ReadCode? Identifier(FhirNode node)
    {
        var system = node.NeededText("system", "Every identifier is in a system.");
        var value = node.NeededText("value", "Every identifier has a value.");
        node.Close();
        return system is null || value is null ? null : new ReadCode(system, value, node);
    }

    /// <summary>The code, where it is one of the system that stands here; else a fault.</summary>
    public static string? In(this ReadCode? read, string system, string whatToDo, Func<string, bool>? isKnown = null)
    {
        if (read is null)
        {
            return null;
        }

        if (read.System != system)
        {
            read.At.Refuse("system", ConsentFault.Code, whatToDo);
            return null;
        }

        if (isKnown?.Invoke(read.Code) is false)
        {
            read.At.Refuse(ConsentFault.Code, whatToDo);
            return null;
        }

        return read.Code;
    }
}
