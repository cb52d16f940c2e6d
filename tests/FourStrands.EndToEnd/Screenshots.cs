using Microsoft.Playwright;

namespace FourStrands.EndToEnd;

/// <summary>Pictures of pages, for people to look at: <c>artifacts/screenshots</c>. Taken if SEE_ALL is set, since each takes as long as a test of its page.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Path.Combine(Root(), "artifacts", "screenshots");

    public static bool AreWanted { get; } = Environment.GetEnvironmentVariable("SEE_ALL") is not null;

    public static Task Take(IPage page, string name) =>
        !AreWanted ? Task.CompletedTask : page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true });

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FourStrands.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
