// Said to a person for whose duty the portal has no pages.
using Microsoft.AspNetCore.Authorization;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[Authorize, WithoutAccessToken]
internal sealed class NoPagesModel : PortalPage;
