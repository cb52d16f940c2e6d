namespace FourStrands.Noninterference.Architecture;

/// <summary>The project's own files, for tests that read them.</summary>
internal static class Sources
{
    /// <summary>The folder of the project.</summary>
    public static string Root { get; } = Find();

    /// <summary>The files under a folder of the project, without what building leaves there and packages of others.</summary>
    public static IEnumerable<string> Under(string folder, string pattern) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FourStrands.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("These tests read the project's own files, and must be run from within it.");
    }
}
