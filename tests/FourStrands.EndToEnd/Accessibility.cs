using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>What axe objects to in a page: WCAG 2.2 AA, and what it calls best practice.</summary>
internal static class Accessibility
{
    /// <summary>It is put into each page anew: half a megabyte, read once.</summary>
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// Each violation, with the element. Asked of the page itself, which has no frames: the package's own way opens a second page to put the answers of frames
    /// together, and takes four times as long.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page)
    {
        Assert.Single(page.Frames);
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
                const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                return violations.flatMap(v => v.nodes.map(n => `${v.id} (${v.help}) at ${n.target}: ${n.html}`));
            }
            """
        );
    }
}
