// A secure link as its sender keeps it.
using System.Globalization;
using System.Text;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Links;

/// <summary>To whom one client's case is handed over, by whom, until when. It is written once; what happens to the link afterwards stands beside it. It holds no data of the client but the handle.</summary>
internal sealed record HandOverLink
{
    /// <summary>Kind under which links are kept, owned by their sender.</summary>
    public const string Kind = "link";

    /// <summary>The portal system of the sender's organisation.</summary>
    public required SystemId System { get; init; }

    /// <summary>The sender.</summary>
    public required ProfessionalId Sender { get; init; }

    /// <summary>The sender's name, for the recipient.</summary>
    public required string SenderName { get; init; }

    /// <summary>The sender's role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>The recipient's organisation, as the system entry that the deployment marks as reached by link.</summary>
    public required SystemId Provider { get; init; }

    /// <summary>What for.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>The recipient's name.</summary>
    public required string Recipient { get; init; }

    /// <summary>The client's handle, as the gateway made it for the sender's portal system.</summary>
    public required string Patient { get; init; }

    /// <summary>The referral on whose row the link was made; by it the sender's list finds the client's name.</summary>
    public required string Referral { get; init; }

    /// <summary>Why the data is necessary, as the sender stated it.</summary>
    public required string Necessity { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Until when it can be opened.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>What is kept of the code (<see cref="LinkSecrets.MacOf"/>).</summary>
    public string CodeMac { get; init; } = string.Empty;

    /// <summary>The recipient's identifier in decisions and in the log.</summary>
    public ProfessionalId RecipientId => IdOf(Recipient) ?? throw new InvalidOperationException("A link without a recipient.");

    /// <summary>The identifier of a person of whom only the name is known: <c>meri-makinen</c>; null where the name leaves too little.</summary>
    /// <remarks>Professionals are named in the log by what their organisation calls them (703/2023 10 §). An organisation without a system has no such codes, so the name is the code.</remarks>
    public static ProfessionalId? IdOf(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD).Where(static c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark).Select(char.ToLowerInvariant);
        var code = string.Join('-', string.Concat(plain.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return code.Length is >= 3 and <= 64 && ProfessionalId.TryParse(code, out var id) && !Hetu.IsIn(code) ? id : null;
    }
}
