// Reads what a FHIR Consent permits, to whom, for what and how long.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>A provision as it was read; what is missing is a fault already.</summary>
internal sealed record ReadProvision(PurposeId? Purpose, ImmutableArray<DataItemId> Items, DateTimeOffset? To, string? Case);

/// <summary>Reads the one provision. INVARIANT: whatever would have to be left out, in a permission or a denial, refuses the whole.</summary>
internal static class ProvisionReader
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static ReadProvision? Read(FhirNode root, LegalCatalogue catalogue, DateTimeOffset now)
    {
        if (root.Needed("provision", "What is permitted stands in the provision.") is not { } provision)
        {
            return null;
        }

        ReadType(provision);
        ReadActor(provision);
        var read = new ReadProvision(PurposeOf(provision, catalogue), ItemsOf(provision, catalogue), EndOf(provision, now), CaseOf(provision));
        provision.Close();
        return read;
    }

    private static void ReadType(FhirNode provision)
    {
        switch (provision.NeededText("type", "permit, or it permits nothing."))
        {
            case "permit" or null:
                break;
            case "deny":
                provision.Refuse("type", ConsentFault.Rule, "A denial is not taken here: the register that keeps prohibitions tells them all at once, and what no consent opens is closed.");
                break;
            default:
                provision.Refuse("type", ConsentFault.Code, "permit.");
                break;
        }
    }

    /// <summary>The one recipient. Several would read as one or the other, and each would be another consent.</summary>
    private static void ReadActor(FhirNode provision)
    {
        if (provision.Many("actor") is not [var actor])
        {
            provision.Refuse("actor", ConsentFault.Required, "Exactly one actor is the recipient.");
            return;
        }

        if (actor.Needed("role", "IRCP of v3-ParticipationType.") is { } role)
        {
            FhirCodings.Concept(role).In(ConsentCodes.Participation, "IRCP of v3-ParticipationType.", static code => code == ConsentCodes.Recipient);
        }

        if (actor.Needed("reference", "The contained PractitionerRole.") is { } reference)
        {
            if (reference.Text("reference") != "#" + ConsentJson.RecipientId)
            {
                reference.Refuse("reference", ConsentFault.NotHeld, $"#{ConsentJson.RecipientId}, the contained PractitionerRole that says sector and organisation.");
            }

            reference.Pass("type", "display");
            reference.Close();
        }

        actor.Close();
    }

    private static PurposeId? PurposeOf(FhirNode provision, LegalCatalogue catalogue)
    {
        const string whatToDo = "Exactly one purpose of the catalogue, in its code system.";
        var purposes = provision.Many("purpose");
        if (purposes.Count != 1)
        {
            provision.Refuse("purpose", ConsentFault.Required, whatToDo);
        }

        var codes = purposes.Select(one => FhirCodings.Coding(one).In(ConsentCodes.Purposes, whatToDo, code => PurposeId.TryParse(code, out var id) && catalogue.Purposes.ContainsKey(id))).ToList();
        return codes is [{ } known] ? PurposeId.Parse(known) : null;
    }

    private static ImmutableArray<DataItemId> ItemsOf(FhirNode provision, LegalCatalogue catalogue)
    {
        const string whatToDo = "A data item of the catalogue, in its code system.";
        var classes = provision.Many("class");
        if (classes.Count == 0)
        {
            provision.Refuse("class", ConsentFault.Required, "Name each data item as a class: a consent to everything is not taken.");
        }

        var codes = classes.Select(one => FhirCodings.Coding(one).In(ConsentCodes.Items, whatToDo, code => DataItemId.TryParse(code, out var id) && catalogue.Items.ContainsKey(id))).ToList();
        return [.. codes.OfType<string>().Select(DataItemId.Parse)];
    }

    /// <summary>A beginning in the past is from now on; one in the future cannot be held and would begin too soon.</summary>
    private static DateTimeOffset? EndOf(FhirNode provision, DateTimeOffset now)
    {
        if (provision.One("period") is not { } period)
        {
            return null;
        }

        if (period.Text("start") is { } start && !(TryReadTime(start, isEnd: false, out var from) && from <= now + Skew))
        {
            period.Refuse("start", ConsentFault.Value, "A day, or an instant with its zone, not in the future: a consent holds from when it is on record.");
        }

        var end = period.Text("end");
        DateTimeOffset to = default;
        if (end is not null && !TryReadTime(end, isEnd: true, out to))
        {
            period.Refuse("end", ConsentFault.Value, "A day, or an instant with its zone.");
            end = null;
        }

        period.Close();
        return end is null ? null : to;
    }

    private static string? CaseOf(FhirNode provision)
    {
        const string whatToDo = "The relationship on record with which the consent ends; no other modifier is known.";
        string? named = null;
        foreach (var (index, modifier) in provision.Many("modifierExtension").Index())
        {
            if (modifier.Text("url") != ConsentCodes.Case || index > 0)
            {
                modifier.Refuse(ConsentFault.Extension, whatToDo);
                continue;
            }

            named = modifier.NeededText("valueString", whatToDo);
            modifier.Close();
        }

        return named;
    }

    /// <summary>A FHIR dateTime as fine as a day; days are Finnish ones.</summary>
    public static bool TryReadTime(string text, bool isEnd, out DateTimeOffset time)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            time = isEnd ? FinnishTime.EndOf(day) : FinnishTime.StartOf(day);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            && (text[^1] == 'Z' || text[^6] is '+' or '-');
    }
}
