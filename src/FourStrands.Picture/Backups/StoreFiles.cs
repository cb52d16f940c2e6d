using FourStrands.Picture.Store;

namespace FourStrands.Picture.Backups;

/// <summary>The parts of a store that a backup is made of. Uploads are not among them: what has not been read yet was never acknowledged.</summary>
internal static class StoreFiles
{
    public const string Picture = "picture.db";
    public const string Reads = "reads.db";
    public const string Keys = "keys";

    /// <summary>What the names of keys begin with in a backup, wherever they lie.</summary>
    public const string OfKeys = Keys + "/";

    /// <summary>Databases, in the order in which their states are taken: the log last, so that it is never behind what was acknowledged.</summary>
    public static IReadOnlyList<string> Databases { get; } = [Picture, Reads];

    /// <summary>What says that all is invented; a restored store must go on saying so.</summary>
    private static readonly string[] OfADemoWorld = ["demo-world.json", "bidders.csv"];

    /// <summary>All other files, with their content, by name: the keys too, wherever they lie.</summary>
    public static SortedDictionary<string, byte[]> Others(string folder, StoreKeys keys)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string name in OfADemoWorld)
        {
            if (File.Exists(Path.Combine(folder, name)))
                files.Add(name, File.ReadAllBytes(Path.Combine(folder, name)));
        }
        // One that is being written has not got its name yet.
        foreach (string name in keys.Names().Where(name => IsOne(OfKeys + name)))
            files.Add(OfKeys + name, keys.Read(name));
        return files;
    }

    /// <summary>May a backup hold a file of that name? None that leads out of the folder.</summary>
    public static bool IsOne(string name)
    {
        if (OfADemoWorld.Contains(name, StringComparer.Ordinal))
            return true;
        string key = name.StartsWith(OfKeys, StringComparison.Ordinal) ? name[OfKeys.Length..] : "";
        return key.Length is > 0 and <= 120 && char.IsAsciiLetterOrDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
    }
}
