namespace FourStrands.Workbench.Showing;

/// <summary>What a browser says it is, in words that its owner knows it by.</summary>
internal static class Browsers
{
    // Most claim to be others as well: the first that is found is what it is.
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Machines =
    [
        ("Windows", "Windows"),
        ("iPhone", "an iPhone"),
        ("iPad", "an iPad"),
        ("Android", "Android"),
        ("Mac OS X", "a Mac"),
        ("CrOS", "a Chromebook"),
        ("Linux", "Linux"),
    ];

    /// <summary>"Firefox on Windows"; what it says itself where that is not known.</summary>
    /// <param name="said">Its User-Agent header; empty if it sent none.</param>
    public static string Words(string said)
    {
        if (said.Length == 0)
            return "Does not say";
        string? program = Find(Programs, said),
            machine = Find(Machines, said);
        return program is null ? said
            : machine is null ? program
            : $"{program} on {machine}";
    }

    private static string? Find((string Mark, string Name)[] known, string said) =>
        Array.Find(known, k => said.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
