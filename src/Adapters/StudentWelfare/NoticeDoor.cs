// Where the student-welfare record's own notices come in.
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>A listener of its own for the record's XML notices: <c>POST /ilmoitukset</c> with the record's key. It answers nothing else and nobody else.</summary>
internal sealed class NoticeDoor(string system, Uri listen, string keyFile, NoticeForwarder forwarder, ILogger log) : IHostedService, IAsyncDisposable
{
    private const int LargestNotice = 64 * 1024;
    private static readonly XNamespace Ns = WelfareXml.Ns;
    private WebApplication? app;

    /// <summary>Where notices are sent, once started.</summary>
    public Uri Address => new(new Uri(app!.Urls.First()), "ilmoitukset");

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(NoticeDoor).Assembly.GetName().Name, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Host.UseConsoleLifetime(static console => console.SuppressStatusMessages = true);
        builder.WebHost.UseUrls(listen.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestNotice;
        });
        app = builder.Build();
        app.MapPost("/ilmoitukset", TakeAsync);
        await app.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        try
        {
            if (!Opens(request, await NativeSecret.ReadAsync(keyFile, request.HttpContext.RequestAborted)))
            {
                Log.NoticeTurnedAway(log, system);
                return Answer(401, "virhe", ("koodi", "avain-puuttuu"));
            }

            var notice = WelfareXml.ReadNotice(WelfareXml.Read(await ReadAsync(request), "ilmoitus"));
            return await forwarder.SendAsync(notice, CancellationToken.None) switch
            {
                NoticeOutcome.Delivered(var receipt) => Answer(200, "kuittaus", ("tila", "toimitettu"), ("kuitti", receipt)),
                NoticeOutcome.Refused(var reason) => Answer(422, "kuittaus", ("tila", "hylatty"), ("syy", reason)),
                _ => Answer(503, "kuittaus", ("tila", "odottaa")),
            };
        }
        catch (NativeFaultException fault)
        {
            Log.NativeFaulted(log, system, fault.Fault, fault.Message);
            return fault.Fault is NativeFault.Unreadable or NativeFault.UnknownCode
                ? Answer(422, "kuittaus", ("tila", "hylatty"), ("syy", "ilmoitus-virheellinen"))
                : Answer(503, "kuittaus", ("tila", "odottaa"));
        }
        catch (BadHttpRequestException)
        {
            return Answer(400, "virhe", ("koodi", "runko-virheellinen"));
        }
    }

    private static bool Opens(HttpRequest request, string key) =>
        request.Headers["X-Api-Key"] is [{ Length: > 0 } given]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var whole = new MemoryStream();
        await request.Body.CopyToAsync(whole, request.HttpContext.RequestAborted);
        return whole.ToArray();
    }

    private static IResult Answer(int status, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Ns + name);
        foreach (var (attribute, value) in attributes)
        {
            element.SetAttributeValue(attribute, value);
        }

        return Results.Text(element.ToString(SaveOptions.DisableFormatting), "application/xml", statusCode: status);
    }
}
