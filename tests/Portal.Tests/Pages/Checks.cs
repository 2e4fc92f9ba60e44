// What every page must pass: axe at A and AA, no sideways scrolling at 320 px, the right language, one h1.
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sisote.Tests.Portal;

internal static class Checks
{
    private static readonly AxeRunOptions Levels = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };
    private static readonly string? Shots = Environment.GetEnvironmentVariable("SISOTE_TEST_SHOTS");

    private const string TooWide = """
        (() => {
          const room = document.documentElement.clientWidth;
          return document.documentElement.scrollWidth <= room ? '' :
            [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room).map(e => e.tagName + '.' + e.className).slice(0, 8).join(', ') || 'something hidden';
        })()
        """;

    internal static async Task PassesAsync(this IPage page, string name, string language)
    {
        Assert.Equal(1, await page.Locator("a.skip").CountAsync());
        await page.PassesWithoutNavigationAsync(name, language);
    }

    /// <summary>The same for a page that begins with its content and so needs no link to skip to it.</summary>
    internal static async Task PassesWithoutNavigationAsync(this IPage page, string name, string language)
    {
        Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        foreach (var width in new[] { 1280, 320 })
        {
            await page.SetViewportSizeAsync(width, 900);
            Assert.True(await page.EvaluateAsync<string>(TooWide) is var tooWide && tooWide.Length == 0, $"{name} scrolls sideways at {width} px: {tooWide}");
            var found = (await page.RunAxe(Levels)).Violations;
            Assert.True(found.Length == 0, $"{name} at {width} px: " + string.Join("; ", found.Select(static each => $"{each.Id}: {each.Nodes[0].Html}")));
            if (Shots is not null && language == "fi")
            {
                Directory.CreateDirectory(Shots);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Shots, $"{name}-{width}.png"), FullPage = true });
            }
        }

        await page.SetViewportSizeAsync(1280, 900);
    }
}
