// Said after signing out.
using Microsoft.AspNetCore.Authorization;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[AllowAnonymous, WithoutAccessToken]
internal sealed class SignedOutModel : PortalPage;
