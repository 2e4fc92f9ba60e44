// Reads the legal form of a FHIR Consent.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>The form stands as category, as policy rule and as address of the policy. INVARIANT: one consent has one form, and wherever it stands it is the same.</summary>
internal sealed class FormReader(LegalCatalogue catalogue)
{
    private const string WhatStandsHere = "One form of consent of the catalogue, in its code system.";

    public ConsentFormId? Read(FhirNode root)
    {
        var forms = new List<(string Form, FhirNode At)>();
        ReadCategories(root, forms);
        ReadPolicies(root, forms);
        if (root.One("policyRule") is { } rule && FhirCodings.Concept(rule) is { } coding && coding.In(ConsentCodes.Forms, WhatStandsHere, IsForm) is { } form)
        {
            forms.Add((form, coding.At));
        }

        if (!root.Has("policy") && !root.Has("policyRule"))
        {
            root.Refuse("policyRule", ConsentFault.Required, WhatStandsHere); // FHIR R4 Consent, ppc-1
        }

        foreach (var other in forms.Skip(1).Where(other => other.Form != forms[0].Form))
        {
            other.At.Refuse(ConsentFault.Rule, "Several forms in one: each is a consent of its own.");
        }

        return forms.Count > 0 ? ConsentFormId.Parse(forms[0].Form) : null;
    }

    private void ReadCategories(FhirNode root, List<(string Form, FhirNode At)> forms)
    {
        var isConsent = false;
        foreach (var category in root.Many("category"))
        {
            switch (FhirCodings.Concept(category))
            {
                case null:
                    break;
                case { System: ConsentCodes.Loinc, Code: ConsentCodes.PatientConsent }:
                    isConsent = true;
                    break;
                case { } coding when coding.In(ConsentCodes.Forms, WhatStandsHere, IsForm) is { } form:
                    forms.Add((form, coding.At));
                    break;
                default:
                    break;
            }
        }

        if (!isConsent)
        {
            root.Refuse("category", ConsentFault.Required, "LOINC 59284-0, as IHE PCF has it.");
        }

        if (forms.Count == 0)
        {
            root.Refuse("category", ConsentFault.Required, WhatStandsHere);
        }
    }

    private void ReadPolicies(FhirNode root, List<(string Form, FhirNode At)> forms)
    {
        foreach (var policy in root.Many("policy"))
        {
            var uri = policy.NeededText("uri", "The policy of the form.");
            if (uri is not null)
            {
                var form = uri.StartsWith(ConsentCodes.Forms + "/", StringComparison.Ordinal) ? uri[(ConsentCodes.Forms.Length + 1)..] : string.Empty;
                if (IsForm(form))
                {
                    forms.Add((form, policy));
                }
                else
                {
                    policy.Refuse("uri", ConsentFault.NotHeld, "Another's policy is not followed: the address of the form's own.");
                }
            }

            policy.Close();
        }
    }

    private bool IsForm(string code) => ConsentFormId.TryParse(code, out var id) && catalogue.ConsentForms.ContainsKey(id);
}
