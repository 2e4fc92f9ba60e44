// Tells for whom a call asks.
using Sisote.Consent.Consents;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Fhir;

/// <summary>From a token to a viewer.</summary>
internal sealed class ViewerDesk(ConsentDesk desk, ConsentAnswers answers)
{
    /// <summary>The viewer; null where the system is not registered for the professional's organisation and role.</summary>
    public Viewer? Of(HttpContext context) => Viewer.Of(context.GetCaller(), desk, answers);
}
