// Said when signing in did not succeed.
using Microsoft.AspNetCore.Authorization;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[AllowAnonymous, WithoutAccessToken]
internal sealed class SignInFailedModel : PortalPage;
