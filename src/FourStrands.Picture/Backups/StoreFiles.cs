namespace FourStrands.Picture.Backups;

/// <summary>The parts of a store's folder that a backup is made of. Uploads are not among them: what has not been read yet was never acknowledged.</summary>
internal static class StoreFiles
{
    public const string Picture = "picture.db";
    public const string Reads = "reads.db";
    public const string Keys = "keys";

    /// <summary>Databases, in the order in which their states are taken: the log last, so that it is never behind what was acknowledged.</summary>
    public static IReadOnlyList<string> Databases { get; } = [Picture, Reads];

    /// <summary>What says that all is invented; a restored store must go on saying so.</summary>
    private static readonly string[] OfADemoWorld = ["demo-world.json", "bidders.csv"];

    /// <summary>All other files, with their content, by name.</summary>
    public static SortedDictionary<string, byte[]> Others(string folder)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string name in OfADemoWorld)
        {
            if (File.Exists(Path.Combine(folder, name)))
                files.Add(name, File.ReadAllBytes(Path.Combine(folder, name)));
        }
        string keys = Path.Combine(folder, Keys);
        if (!Directory.Exists(keys))
            return files;
        foreach (string file in Directory.GetFiles(keys))
        {
            // One that is being written has not got its name yet.
            string name = $"{Keys}/{Path.GetFileName(file)}";
            if (!name.EndsWith(".new", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal) && IsOne(name))
                files.Add(name, File.ReadAllBytes(file));
        }
        return files;
    }

    /// <summary>May a backup hold a file of that name? None that leads out of the folder.</summary>
    public static bool IsOne(string name)
    {
        if (OfADemoWorld.Contains(name, StringComparer.Ordinal))
            return true;
        string key = name.StartsWith(Keys + "/", StringComparison.Ordinal) ? name[(Keys.Length + 1)..] : "";
        return key.Length is > 0 and <= 120 && char.IsAsciiLetterOrDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
    }
}
