using System.Diagnostics;
using System.IO.Enumeration;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Waits that look again and again: one that waits to be told of a page misses what happens before it listens.</summary>
internal static class Waits
{
    /// <summary>Waits until a page has the address, written with * for anything, and is loaded.</summary>
    public static async Task Reaches(IPage page, string address)
    {
        string pattern = address.Replace("**", "*", StringComparison.Ordinal);
        for (var waited = Stopwatch.StartNew(); !FileSystemName.MatchesSimpleExpression(pattern, page.Url, ignoreCase: false); await Task.Delay(50))
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), $"The page is {page.Url} after a minute, and not {address}.");
        await page.WaitForLoadStateAsync();
    }
}
