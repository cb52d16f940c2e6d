namespace FourStrands.Picture.Store;

/// <summary>
/// Where the keys of a store lie; nobody else knows. Either in its own folder, or in another that whoever runs the program names, such as one that a secrets manager mounts: then
/// who copies the store's folder has none of them. Such a folder is never made, holds the keys of one store, and may be one that can only be read.
/// </summary>
internal sealed class StoreKeys
{
    /// <summary>The file of the keys that values are encrypted with.</summary>
    public const string OfVault = "vault";

    /// <summary>The file of the key that the log is signed with.</summary>
    public const string OfLog = "log";

    private readonly string inStore;

    private StoreKeys(string inStore, string folder, bool areElsewhere) => (this.inStore, Folder, AreElsewhere) = (inStore, folder, areElsewhere);

    /// <summary>The folder that they lie in.</summary>
    public string Folder { get; private set; }

    /// <summary>True if that is not the store's own.</summary>
    public bool AreElsewhere { get; private set; }

    /// <summary>The keys of a store.</summary>
    /// <param name="store">The store's folder.</param>
    /// <param name="named">The folder of its keys; null or empty for the one in the store's folder.</param>
    /// <exception cref="StoreException">It lies within the store's folder.</exception>
    public static StoreKeys Of(string store, string? named = null)
    {
        string own = Path.Combine(store, Backups.StoreFiles.Keys);
        if (string.IsNullOrEmpty(named))
            return new StoreKeys(own, own, areElsewhere: false);
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(named));
        if (Real(folder) == Real(own))
            return new StoreKeys(own, own, areElsewhere: false);
        if (StoreBackup.IsWithin(Path.Combine(Real(folder), OfVault), Real(store)))
            throw new StoreException($"{folder} lies in the store's own folder: who copies that has the keys too. Name a folder outside of it with --keys.");
        return new StoreKeys(own, folder, areElsewhere: true);
    }

    /// <summary>Refuses, before anything is opened or made, what must not be: no folder, keys in two places, and for a new store the keys of another.</summary>
    /// <param name="isNew">True if there is no store yet, and keys are to be made for it.</param>
    /// <exception cref="StoreException">The message says what to do.</exception>
    public void Demand(bool isNew)
    {
        if (!AreElsewhere)
            return;
        if (!Directory.Exists(Folder))
        {
            throw new StoreException(
                File.Exists(Folder)
                    ? $"{Folder} is a file: --keys names the folder that the store's keys lie in."
                    : $"There is no folder {Folder}, in which the store's keys are to lie. If it is mounted, mount it; for a new store make it, for this user alone ('mkdir -m 700 {Folder}'); or name another with --keys."
            );
        }
        var left = Names(inStore);
        if (left.Count > 0)
        {
            throw new StoreException(
                left.All(name => IsSame(Path.Combine(inStore, name), Path.Combine(Folder, name)))
                    ? $"The store's keys lie in {Folder}, and a copy of them is left in {inStore}: who copies the store's folder has them. Delete {inStore}."
                    : $"Keys lie in {inStore}, though {Folder} is named for them, and they are not the same. If those in the store's folder are its own, leave --keys (and $FOURSTRANDS_KEYS) out, or move them with 'fourstrands keys move'. If they are of before and those in {Folder} are its own, delete {inStore}."
            );
        }
        if (!isNew)
            return;
        if (Names(Folder).Count > 0)
        {
            throw new StoreException(
                $"{Folder} holds keys already, and a new store is to have keys of its own: with those of another, changing them in the one would close the other for good. Name an empty folder with --keys."
            );
        }
        if (!CanBeWritten())
            throw CannotBeMade("The keys of a new store are to be made there. Name a folder that can be written, and move the keys when they are made");
    }

    /// <summary>The keys that are there, by the names of their files.</summary>
    public IReadOnlyList<string> Names() => Names(Folder);

    /// <summary>Where a key lies.</summary>
    public string FileOf(string name) => Path.Combine(Folder, name);

    /// <summary>Is it there?</summary>
    public bool Has(string name) => File.Exists(FileOf(name));

    /// <summary>Reads one.</summary>
    /// <exception cref="StoreException">It may not be read.</exception>
    public byte[] Read(string name)
    {
        try
        {
            return File.ReadAllBytes(FileOf(name));
        }
        catch (UnauthorizedAccessException problem)
        {
            throw MayNotBeRead(FileOf(name), problem);
        }
    }

    /// <summary>Keeps one, in the place of what has its name.</summary>
    /// <exception cref="StoreException">The folder can only be read; nothing was changed.</exception>
    public void Write(string name, ReadOnlySpan<byte> key)
    {
        try
        {
            PrivateFile.Write(Folder, FileOf(name), key);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException && Directory.Exists(Folder) && !CanBeWritten())
        {
            throw CannotBeMade($"The key '{name}' is to be written there. Do this with the keys in a folder that can be written, named with --keys", problem);
        }
    }

    /// <summary>Refuses, before anything is changed, if no key can be written.</summary>
    /// <param name="what">What is to be done.</param>
    /// <exception cref="StoreException">The folder can only be read.</exception>
    public void DemandWritable(string what)
    {
        if (Directory.Exists(Folder) && !CanBeWritten())
        {
            throw new StoreException(
                $"{what} takes writing to {Folder}, where the store's keys lie, and that can only be read. Nothing was changed. Copy the keys to a folder that can be written, for this user alone, do it with --keys naming that one, and put what is there then in their place."
            );
        }
    }

    /// <summary>Can a file be made in the folder?</summary>
    public bool CanBeWritten()
    {
        string probe = Path.Combine(Folder, ".can-be-written");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Moves them all to another folder. They are there, and read again, before the first is taken away; the key that values are encrypted with goes first, so that broken off
    /// in between no program takes what is left for all.
    /// </summary>
    /// <exception cref="StoreException">They cannot be there; nothing was changed.</exception>
    public void MoveTo(StoreKeys to)
    {
        if (Real(to.Folder) == Real(Folder))
            throw new StoreException($"The store's keys lie in {Folder} already.");
        if (to.AreElsewhere && !Directory.Exists(to.Folder))
            throw new StoreException($"There is no folder {to.Folder}. Make it first, for this user alone: 'mkdir -m 700 {to.Folder}'.");
        DemandWritable("Moving keys");
        if (Directory.Exists(to.Folder) && !to.CanBeWritten())
            throw new StoreException($"{to.Folder} cannot be written by this user: the store's keys cannot be moved there. Nothing was changed.");
        var names = Names();
        if (to.Names().FirstOrDefault(name => !IsSame(FileOf(name), to.FileOf(name))) is { } other)
            throw new StoreException($"{to.FileOf(other)} is there already, and is no key of this store. Nothing was changed. Name an empty folder.");
        foreach (string name in names)
        {
            to.Write(name, Read(name));
            if (!IsSame(FileOf(name), to.FileOf(name)))
                throw new StoreException($"{to.FileOf(name)} does not hold what was written to it. The keys in {Folder} were left as they are.");
        }
        foreach (string name in names.OrderByDescending(name => name == OfVault))
            PrivateFile.Destroy(FileOf(name));
        if (!AreElsewhere && !Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
        (Folder, AreElsewhere) = (to.Folder, to.AreElsewhere);
    }

    /// <summary>A folder that a secrets manager mounts may hold more than this store's keys: that is none of its business.</summary>
    private static bool IsKey(string name) =>
        name is OfVault or OfLog
        || (
            name.EndsWith(".xml", StringComparison.Ordinal)
            && (name.StartsWith("key-", StringComparison.Ordinal) || name.StartsWith("revocation-", StringComparison.Ordinal))
        );

    private static List<string> Names(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Where(IsKey).Order(StringComparer.Ordinal)] : [];
        }
        catch (UnauthorizedAccessException problem)
        {
            throw MayNotBeRead(folder, problem);
        }
    }

    private static bool IsSame(string one, string other) =>
        File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    /// <summary>Where a path leads in the end, whichever of the folders on the way are links.</summary>
    private static string Real(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(path) is not { } above)
            return path;
        path = Path.Combine(Real(above), Path.GetFileName(path));
        return new DirectoryInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Real(target.FullName)
            : path;
    }

    private StoreException CannotBeMade(string what, Exception? problem = null) => new($"{Folder} can only be read. {what}.", problem);

    private static StoreException MayNotBeRead(string what, Exception problem) =>
        new($"{what} may not be read by this user, and the store cannot be opened without its keys. Give it to the user that the program runs as.", problem);
}
