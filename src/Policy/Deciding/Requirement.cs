// A consent that a rule asks for, with what its form says.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>A consent that a rule asks for, resolved against the catalogue once.</summary>
internal sealed class Requirement
{
    internal Requirement(ConsentRequirement requirement, LegalCatalogue catalogue)
    {
        var form = catalogue.ConsentForms.GetValueOrDefault(requirement.Form);
        Form = requirement.Form;
        ClosedBy = [requirement.Form, .. catalogue.ConsentForms.Values.Where(other => other.Narrows == requirement.Form).Select(static other => other.Id)];
        Objectable = requirement.Objectable;
        Itemised = requirement.Itemised || form is null || form.Itemised;
        Written = form?.Written == true;
        Minors = requirement.MinorsContext is { } context ? catalogue.MinorsPolicies.GetValueOrDefault(context) : null;
    }

    /// <summary>The form; no other will do.</summary>
    internal ConsentFormId Form { get; }

    /// <summary>The forms whose prohibitions close it: its own, and those that narrow it.</summary>
    internal ConsentFormId[] ClosedBy { get; }

    /// <summary>No consent is needed, but a prohibition closes.</summary>
    internal bool Objectable { get; }

    /// <summary>Whether items, recipient and purpose must be named.</summary>
    internal bool Itemised { get; }

    internal bool Written { get; }

    /// <summary>Who decides for a minor; null = the client alone.</summary>
    internal MinorsPolicy? Minors { get; }
}
