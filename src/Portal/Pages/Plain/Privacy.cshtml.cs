// The privacy page, which every public service has to offer.
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Sisote.Portal.SignIn;

namespace Sisote.Portal.Pages;

[AllowAnonymous, WithoutAccessToken]
internal sealed class PrivacyModel(IOptions<PortalOptions> options) : PortalPage
{
    public PortalOptions Options => options.Value;
}
