// Writes docs/minors.md from the table that the tests run.
using System.Text;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Consent.Minors;

internal static class MinorsPage
{
    private const string Head = """
        # Minors and their guardians

        Written by `tests/Consent.Tests/Minors` from the table that its tests run through the doors (`UPDATE_GOLDEN=1` writes it anew). `docs/consents.md` describes the doors, `docs/adr/0019-guardians.md` why they are so.
        The sections are those of `src/Catalogue/minors-policy.yaml`, `rules/CL-03.yaml` and `prohibitions/P-04.yaml`; how they apply is for a lawyer to confirm.

        ## What a guardian sees

        To whom data of the child were given, and the consents that guardians gave, as one viewing rule for each context has it at the instant of looking. An event belongs to the contexts of its ends and of its
        items; all of them must be open. What has no context of its own (education, sports, an association) is closed by whatever closes any context.

        The tables hold for the guardian and for the second guardian alike. **The child** sees the own log in every cell (703/2023, 11 §, 74 § 2 mom). **A former guardian and a stranger** see nothing in any cell
        (361/1983, 4 §). Besides, everything is closed

        - from the first instant, in Finnish time, of the child's eighteenth birthday, and when the child has died;
        - while the child or a guardian has a non-disclosure for personal safety, or nobody knows whether the child has (661/2009, 36-37 §);
        - in the contexts that a court excluded from the one guardian.

        Never shown, in whatever context: statutory notices unless the law has the guardian told, what the recipient has not released, what was sent and did not arrive, items that stayed, what the child consented to alone,
        names of persons. Whatever the reason is for which there is nothing: the answer has the same bytes, so a guardian cannot tell a bar from a consultation or from nothing at all,
        and leaves at a whole step of 500 ms after the call began, longer than the work behind it, which has a bound (`docs/consents.md`).

        A bar in health care needs no reason, but a minor on record as able to decide; one in social welfare and student welfare needs a weighty reason that an assessor of the context recorded, and in social welfare also that it is
        not plainly against the minor's interest. A bar stands until it is withdrawn. The code 3 (able and forbids) that another register tells closes every context, whatever its own: the narrower reading.

        """;

    public static string Write(LegalCatalogue law)
    {
        var page = new StringBuilder(Head).AppendLine();
        foreach (var context in MinorsTable.Contexts)
        {
            Sees(page, context);
        }

        Gives(page);
        Assessors(page, law);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Sees(StringBuilder page, MinorsContext context)
    {
        page.AppendLine(FormattableString.Invariant($"### {char.ToUpperInvariant(context.Name[0])}{context.Name[1..]}")).AppendLine();
        page.AppendLine(FormattableString.Invariant($"| on record | {string.Join(" | ", MinorsTable.Bars)} |")).AppendLine("|---|---|---|---|---|");
        foreach (var line in MinorsTable.Cells.Where(cell => cell.Context == context).GroupBy(static cell => cell.Standing))
        {
            page.AppendLine(FormattableString.Invariant($"| {line.Key.Says} | {string.Join(" | ", line.Select(static cell => $"{(cell.GuardianSees ? "**sees**" : "nothing")}: {cell.Section}"))} |"));
        }

        page.AppendLine();
    }

    private static void Gives(StringBuilder page)
    {
        page.AppendLine("## Who gives a consent").AppendLine();
        page.AppendLine("*Both* = the child and the guardian. *Guardian* = all guardians with joint custody whom no court excluded, or one with sole custody: at the portal the consent stays a draft, which opens nothing, until all of them gave it, and either withdraws it.")
            .AppendLine("*Nobody* = a professional must first record who decides. A guardian gives at the portal only what is open to the guardian above; a draft that the child gives too is completed by the professional who prepared it.").AppendLine();
        page.AppendLine(FormattableString.Invariant($"| matter | {string.Join(" | ", MinorsTable.GiverStandings.Select(static standing => standing.Says))} | section |"));
        page.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in MinorsTable.Givers)
        {
            page.AppendLine(FormattableString.Invariant($"| {row.Policy} | {string.Join(" | ", row.Gives)} | {row.Section} |"));
        }

        page.AppendLine();
    }

    private static void Assessors(StringBuilder page, LegalCatalogue law)
    {
        page.AppendLine("## Who records capacity and bars here").AppendLine();
        page.AppendLine("The same roles, and no other of the organisation, read what was recorded in their context. Contexts that name no assessor take decisions with the client's facts from other registers only.").AppendLine();
        page.AppendLine("| context | roles | ground of a bar | section |").AppendLine("|---|---|---|---|");
        foreach (var policy in law.MinorsPolicies.Values.Where(static policy => policy.CapacityContext == policy.Context).OrderBy(static policy => policy.Context, StringComparer.Ordinal))
        {
            var roles = string.Join(", ", policy.AssessorRoles.Select(role => law.Names[role.Value].En));
            page.AppendLine(FormattableString.Invariant($"| {policy.Context} | {roles} | {Ground(policy.Bar)} | {string.Join("; ", policy.Bar?.LegalBasis.Select(static basis => $"{basis.Statute}, {basis.Section}") ?? [])} |"));
        }
    }

    private static string Ground(MinorsBar? bar) => bar?.Ground switch
    {
        BarGround.MinorAble => "the minor is able to decide; no reason",
        BarGround.WeightyReason => "a weighty reason",
        BarGround.WeightyReasonNotAgainstInterest => "a weighty reason, and not plainly against the minor's interest",
        _ => "no such right",
    };
}
