// One headless Chromium for all page tests of the run.
using Microsoft.Playwright;
using Sisote.Tests.Portal;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Sisote.Tests.Portal;

/// <summary>Debian's chromium; where it is absent page tests are skipped with the reason, and fail in CI.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where the browser is looked for: <c>SISOTE_TEST_CHROMIUM</c>, else Debian's place.</summary>
    public static string Executable => Environment.GetEnvironmentVariable("SISOTE_TEST_CHROMIUM") ?? "/usr/bin/chromium";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Executable))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments });
        }
    }

    /// <summary>A fresh page in a fresh profile; skips the running test where there is no browser.</summary>
    public async Task<IPage> OpenAsync(string language = "fi", int width = 1280)
    {
        if (browser is null)
        {
            var reason = $"No Chromium at {Executable}.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        var context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = language, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        return await context.NewPageAsync();
    }

    /// <summary>The same in a browser that runs no script.</summary>
    public async Task<IPage> OpenWithoutScriptAsync(string language = "fi")
    {
        await (await OpenAsync(language)).Context.DisposeAsync();
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions { Locale = language, JavaScriptEnabled = false, ViewportSize = new ViewportSize { Width = 360, Height = 800 } });
        return await context.NewPageAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
