// Checks the portal's settings at start.
using Microsoft.Extensions.Options;

namespace Sisote.Portal;

[OptionsValidator]
internal sealed partial class PortalOptionsValidator : IValidateOptions<PortalOptions>;
