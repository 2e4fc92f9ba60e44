// What the law asks of each form of consent, as the catalogue says it.
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>Checks that a form is given in a way and for a time that its statute takes. Closed world: what the catalogue does not say of a form is not possible.</summary>
internal sealed class FormRules(LegalCatalogue catalogue, ConsentOptions options)
{
    private readonly ImmutableHashSet<ConsentFormId> givenSignedIn = options.FormsGivenHere(catalogue);
    private readonly ImmutableHashSet<ConsentFormId> usedOnce = [.. catalogue.ConsentForms.Values.Where(static form => form.Validity == "single-use").Select(static form => form.Id)];

    /// <summary>Whether the client can give it signed in.</summary>
    public bool IsGivenSignedIn(ConsentFormId form) => givenSignedIn.Contains(form);

    /// <summary>Whether one disclosure uses it up.</summary>
    public bool IsUsedOnce(ConsentFormId form) => usedOnce.Contains(form);

    /// <summary>Whether it closes instead of opening.</summary>
    public bool Closes(ConsentFormId form) => catalogue.ConsentForms.TryGetValue(form, out var known) && known.Narrows is not null;

    /// <summary>The form that a form of prohibition narrows; null where it is none.</summary>
    public ConsentFormId? NarrowedBy(ConsentFormId form) => catalogue.ConsentForms.GetValueOrDefault(form)?.Narrows;

    /// <summary>The problem with the way in which a form is given; null where there is none.</summary>
    public ProblemHttpResult? CheckWay(ConsentFormId form, ConsentWay way)
    {
        if (way == ConsentWay.SignedIn)
        {
            return IsGivenSignedIn(form) ? null : Problems.ConsentFormElsewhere();
        }

        var ways = catalogue.ConsentForms.TryGetValue(form, out var known) ? known.Recorded : [];
        return ways.Contains(way) ? null
            : ways.All(static each => each == ConsentWay.Mirrored) ? Problems.ConsentFormElsewhere()
            : Problems.ConsentWay(string.Join(", ", ways.Select(static each => each.ToWord())));
    }

    /// <summary>The problem with how long a consent shall last; null where there is none.</summary>
    public ProblemHttpResult? CheckTime(ConsentTerms terms) => catalogue.ConsentForms.GetValueOrDefault(terms.Form)?.Validity switch
    {
        "case" when terms.Case is null => Problems.ConsentTime("case", "This form lasts as long as a case: name the relationship on record."),
        "service-period" when terms is { Case: null, To: null } => Problems.ConsentTime("to", "This form lasts as long as a service: name its end, or the relationship on record."),
        _ when terms.Case is { } named && !SystemId.TryParse(named, out _) && !IsRegistered(named) => Problems.InvalidRequest("case", "The identifier of a relationship."),
        _ => null,
    };

    /// <summary>Identifiers of registers have a colon between source and identifier.</summary>
    private static bool IsRegistered(string id) => id.Split(':') is [var source, var rest] && SystemId.TryParse(source, out _) && SystemId.TryParse(rest, out _);
}
