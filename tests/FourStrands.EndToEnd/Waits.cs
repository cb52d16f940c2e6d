using System.Diagnostics;
using System.IO.Enumeration;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Waits that look again and again: one that waits to be told of a page misses what happens before it listens.</summary>
internal static class Waits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Ticks a box or chooses a radio button as the keyboard does: they are drawn by their labels, so that a click may fall beside one.</summary>
    public static async Task Tick(this ILocator box)
    {
        if (!await box.IsCheckedAsync())
            await box.PressAsync("Space");
        Assert.True(await box.IsCheckedAsync());
    }

    /// <summary>Goes to an address, also where the page that one leaves begins to load itself anew at that moment.</summary>
    public static async Task<IResponse?> Visit(this IPage page, string address)
    {
        try
        {
            return await page.GotoAsync(address);
        }
        catch (PlaywrightException problem) when (problem.Message.Contains("net::ERR_ABORTED", StringComparison.Ordinal))
        {
            return await page.GotoAsync(address);
        }
    }

    /// <summary>Waits until a page has the address, written with * for anything, and is loaded.</summary>
    public static async Task Reaches(IPage page, string address)
    {
        string pattern = address.Replace("**", "*", StringComparison.Ordinal);
        for (var waited = Stopwatch.StartNew(); !FileSystemName.MatchesSimpleExpression(pattern, page.Url, ignoreCase: false); await Task.Delay(50))
            Assert.True(waited.Elapsed < Longest, $"The page is {page.Url} after a minute, and not {address}.");
        for (var waited = Stopwatch.StartNew(); await page.EvaluateAsync<string>("document.readyState") != "complete"; await Task.Delay(50))
            Assert.True(waited.Elapsed < Longest, $"{page.Url} is not loaded after a minute.");
    }
}
