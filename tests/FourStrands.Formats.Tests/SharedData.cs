using Xunit;

namespace FourStrands.Formats.Tests;

/// <summary>Real files that lie beside the repository and are not part of it. Where they are absent, the test that needs one is skipped.</summary>
internal static class SharedData
{
    public static string Path(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = System.IO.Path.Combine(folder.FullName, "shared", "data", "registers", relative);
            if (File.Exists(file) || Directory.Exists(file))
                return file;
        }
        Assert.Skip($"The shared file registers/{relative} is not on this machine.");
        return "";
    }
}
