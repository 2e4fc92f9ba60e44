// Says in plain words which rule carries an item, on which section, and what it needs.
using System.Globalization;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Explanations;

/// <summary>Explains the catalogue to a person: rule, section in plain words, what is needed, what would be missing.</summary>
public sealed class CatalogueExplainer(LegalCatalogue catalogue)
{
    /// <summary>The explanation as plain text in <c>fi</c>, <c>sv</c> or <c>en</c>.</summary>
    public string Explain(ExplanationQuestion question, string language)
    {
        if (FindUnknownCode(question) is { } unknown)
        {
            return $"{ExplanationTexts.Unknown.In(language)} `{unknown}`.\n";
        }

        var text = new StringBuilder();
        WriteQuestion(question, language, text);
        var carrying = Carrying(question).ToArray();
        foreach (var (rule, pair) in carrying)
        {
            WriteRule(rule, pair, question, language, text);
        }

        if (carrying.Length == 0)
        {
            WriteNothing(question, language, text);
        }

        WriteNevers(question, carrying.Length > 0, language, text);
        return text.ToString();
    }

    /// <summary>The code that may have been meant by one that the catalogue does not know, or null.</summary>
    public string? FindNearestCode(string unknown) => NearestCode.Find(
        unknown,
        [
            .. catalogue.Items.Keys.Select(static code => code.Value),
            .. catalogue.Sectors.Keys.Select(static code => code.Value),
            .. catalogue.Roles.Keys.Select(static code => code.Value),
            .. catalogue.Purposes.Keys.Select(static code => code.Value),
        ]);

    /// <summary>The first code of the question that the catalogue does not know; null = it knows them all.</summary>
    public string? FindUnknownCode(ExplanationQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return !catalogue.Items.ContainsKey(question.Item) ? question.Item.Value
            : !catalogue.Sectors.ContainsKey(question.FromSector) ? question.FromSector.Value
            : !catalogue.Sectors.ContainsKey(question.ToSector) ? question.ToSector.Value
            : !catalogue.Roles.ContainsKey(question.FromRole) ? question.FromRole.Value
            : !catalogue.Roles.ContainsKey(question.ToRole) ? question.ToRole.Value
            : question.Purpose is { } purpose && !catalogue.Purposes.ContainsKey(purpose) ? purpose.Value
            : null;
    }

    private IEnumerable<(DisclosureRule Rule, RulePair Pair)> Carrying(ExplanationQuestion question) =>
        from rule in catalogue.Rules.Values.OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
        where question.Direction is null || rule.Direction == question.Direction
        from pair in rule.Pairs
        where Names(pair.From, question.FromSector, question.FromRole) && Names(pair.To, question.ToSector, question.ToRole)
        where (pair.Purpose ?? rule.Purpose) == question.Purpose && pair.Items.Contains(question.Item)
        select (rule, pair);

    private static bool Names(RuleParty party, SectorId sector, RoleId role) =>
        party == RuleParty.Anybody || (party.Sector == sector && party.Roles.Contains(role));

    private void WriteQuestion(ExplanationQuestion question, string language, StringBuilder text)
    {
        text.Append(catalogue.Items[question.Item].Labels.In(language)).Append(" (").Append(question.Item).Append(")\n");
        text.Append("  ").Append(catalogue.Sectors[question.FromSector].In(language)).Append(", ").Append(catalogue.Roles[question.FromRole].Labels.In(language));
        text.Append(" -> ").Append(catalogue.Sectors[question.ToSector].In(language)).Append(", ").Append(catalogue.Roles[question.ToRole].Labels.In(language)).Append('\n');
        var purpose = question.Purpose is { } named ? catalogue.Purposes[named] : ExplanationTexts.NoPurpose;
        text.Append("  ").Append(ExplanationTexts.Purpose.In(language)).Append(": ").Append(purpose.In(language)).Append('\n');
    }

    private void WriteRule(DisclosureRule rule, RulePair pair, ExplanationQuestion question, string language, StringBuilder text)
    {
        text.Append('\n').Append(ExplanationTexts.Rule.In(language)).Append(' ').Append(rule.Id).Append(": ").Append(rule.Title.In(language)).Append('\n');
        text.Append("  ").Append((pair.Obliges ? ExplanationTexts.Must : ExplanationTexts.May).In(language)).Append("; ")
            .Append(ExplanationTexts.DirectionOf(rule.Direction).In(language)).Append('\n');
        if (!rule.Enabled)
        {
            text.Append("  (!) ").Append(ExplanationTexts.SwitchedOff.In(language)).Append('\n');
        }

        if (question.Day < rule.ValidFrom || rule.ValidTo < question.Day)
        {
            text.Append("  (!) ").Append(ExplanationTexts.NotInForce.In(language)).Append(CultureInfo.InvariantCulture, $" ({rule.ValidFrom:yyyy-MM-dd} .. {rule.ValidTo:yyyy-MM-dd})\n");
        }

        text.Append("  ").Append(ExplanationTexts.Basis.In(language)).Append(":\n");
        foreach (var basis in rule.LegalBasis.Where(basis => !(question.Day < basis.ValidFrom || basis.ValidTo < question.Day)))
        {
            text.Append("    ").Append(basis.Statute).Append(' ').Append(basis.Section).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
        }

        WriteNeeds(rule, pair, language, text);
        WriteRest(rule, language, text);
    }

    private void WriteNeeds(DisclosureRule rule, RulePair pair, string language, StringBuilder text)
    {
        var conditions = rule.Conditions.Concat(pair.Conditions).Distinct().ToArray();
        if (conditions.Length == 0 && rule.Consents.IsEmpty)
        {
            text.Append("  ").Append(ExplanationTexts.NothingNeeded.In(language)).Append('\n');
            return;
        }

        text.Append("  ").Append(ExplanationTexts.Needed.In(language)).Append(":\n");
        foreach (var consent in rule.Consents)
        {
            var form = catalogue.ConsentForms[consent.Form];
            text.Append("    - ").Append(ExplanationTexts.Consent.In(language)).Append(": ").Append(form.Labels.In(language)).Append(" (").Append(form.Statute).Append("); ")
                .Append((consent.Objectable ? ExplanationTexts.UnlessForbidden : ExplanationTexts.OtherConsentsDoNotDo).In(language));
            text.Append(consent.MinorsContext is null ? string.Empty : "; " + ExplanationTexts.Minors.In(language)).Append('\n');
        }

        foreach (var condition in conditions)
        {
            text.Append("    - ").Append(catalogue.Conditions[condition].Labels.In(language)).Append(" (").Append(condition).Append(")\n");
        }
    }

    private void WriteRest(DisclosureRule rule, string language, StringBuilder text)
    {
        if (!rule.Obligations.IsEmpty)
        {
            text.Append("  ").Append(ExplanationTexts.Obligations.In(language)).Append(":\n");
            foreach (var obligation in rule.Obligations)
            {
                text.Append("    - ").Append(catalogue.Obligations[obligation].In(language)).Append(" (").Append(obligation).Append(")\n");
            }
        }

        if (rule.LawyerCheck is { } check)
        {
            text.Append("  ").Append(ExplanationTexts.LawyerCheck.In(language)).Append(": ").Append(check).Append('\n');
        }
    }

    private void WriteNothing(ExplanationQuestion question, string language, StringBuilder text)
    {
        text.Append('\n').Append(ExplanationTexts.NoRule.In(language)).Append('\n');
        var near =
            from rule in catalogue.Rules.Values.OrderBy(static rule => rule.Id.Value, StringComparer.Ordinal)
            from pair in rule.Pairs
            where rule.Enabled && pair.Items.Contains(question.Item) && pair.To != RuleParty.Anybody && Names(pair.To, question.ToSector, question.ToRole)
            select rule;
        foreach (var rule in near.Distinct())
        {
            var purpose = rule.Purpose is { } named ? catalogue.Purposes[named] : ExplanationTexts.NoPurpose;
            text.Append("  ").Append(ExplanationTexts.Nearest.In(language)).Append(": ").Append(rule.Id).Append(' ').Append(rule.Title.In(language))
                .Append(" (").Append(purpose.In(language)).Append(")\n");
        }
    }

    private void WriteNevers(ExplanationQuestion question, bool isCarried, string language, StringBuilder text)
    {
        foreach (var never in catalogue.Prohibitions.Values.Where(never => Concerns(never, question)).OrderBy(static never => never.Id.Value, StringComparer.Ordinal))
        {
            var conditional = isCarried || !never.When.IsEmpty || !never.Unless.IsEmpty || !never.Channels.IsEmpty || !never.DocumentLabels.IsEmpty || !never.ToActors.IsEmpty;
            var word = !never.Mask.IsEmpty ? ExplanationTexts.Masked : conditional ? ExplanationTexts.NeverMaybe : ExplanationTexts.Never;
            text.Append('\n').Append(word.In(language)).Append(": ").Append(never.Id).Append(' ').Append(never.Title.In(language)).Append('\n');
            foreach (var basis in never.LegalBasis)
            {
                text.Append("    ").Append(basis.Statute).Append(' ').Append(basis.Section).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
            }
        }
    }

    private bool Concerns(Prohibition never, ExplanationQuestion question) =>
        (never.Items.IsEmpty ? !never.ExceptItems.Contains(question.Item) : never.Items.Contains(question.Item))
        && !never.OnlySectors.Contains(question.ToSector)
        && !never.OnlyRecipients.Any(party => Names(party, question.ToSector, question.ToRole))
        && (never.ToSectors.IsEmpty || never.ToSectors.Contains(question.ToSector))
        && (never.ToRoles.IsEmpty || never.ToRoles.Contains(question.ToRole))
        && !(question.Purpose is { } purpose && never.OnlyPurposes.Contains(purpose))
        && never.OnRules.IsEmpty
        && (never.Mask.IsEmpty || Deciding.Mask.Of(never, catalogue.Items[question.Item]) is not null);
}
