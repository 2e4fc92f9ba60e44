// The one page for everything that a guardian cannot see or do here.
using Sisote.Portal.Backends;

namespace Sisote.Portal.Pages;

internal sealed class NothingModel(ConsentApi consent) : GuardianPage(consent);
