using System.Collections.Concurrent;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Store;
using Microsoft.Data.Sqlite;

namespace FourStrands.Picture;

/// <summary>How a store is opened.</summary>
public sealed record GateOptions
{
    /// <summary>The clock; tests inject theirs.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The secret that identifiers are made with, for a new store; random unless a test gives one (32 bytes).</summary>
    public byte[]? IdentifierKey { get; init; }

    /// <summary>The folder of the store's keys, if they do not lie in the store's own: it must be there, and hold no other store's.</summary>
    public string? Keys { get; init; }
}

/// <summary>
/// The door to a store. It hands out views and nothing else: there is no way to the statements around a <see cref="View"/>.
/// </summary>
public sealed partial class Gate : IDisposable
{
    private readonly FileStream claim;
    private readonly string storeFolder;
    private bool isDisposed;
    private readonly ConcurrentDictionary<string, ClassState> classes = new(StringComparer.Ordinal);

    private Gate(
        FileStream claim,
        string folder,
        StoreKeys keys,
        Database database,
        ReadLog log,
        Engine engine,
        StoreLog store,
        PeopleStore people,
        TimeProvider clock
    )
    {
        this.claim = claim;
        storeFolder = folder;
        Keys = keys;
        Database = database;
        Log = log;
        Engine = engine;
        Store = store;
        Clock = clock;
        People = new People(people, this);
        Audit = new AuditLog(this);
        Erasures = new Erasures(this);
        Retention = new Retention(this);
        Requests = new Requests(this);
        Releases = new Releases(this);
        Corrections = new Corrections(this);
        EmergencyReads = new EmergencyReads(this);
    }

    /// <summary>The agencies and people of the store, and how they sign in.</summary>
    public People People { get; }

    /// <summary>The log of who did what, for those who may read it.</summary>
    public AuditLog Audit { get; }

    /// <summary>The acts by which others see more of what an agency knows.</summary>
    public Releases Releases { get; }

    /// <summary>What agencies ask of each other, and tell each other.</summary>
    public Requests Requests { get; }

    /// <summary>What was erased and what is held from erasure, for those who may erase.</summary>
    public Erasures Erasures { get; }

    /// <summary>How long what an agency brought in is kept, and what is due to be looked at, for those who may erase.</summary>
    public Retention Retention { get; }

    /// <summary>What an agency said and that was wrong, for those who correct it.</summary>
    public Corrections Corrections { get; }

    internal Database Database { get; }

    internal ReadLog Log { get; }

    internal Engine Engine { get; }

    internal StoreLog Store { get; }

    internal TimeProvider Clock { get; }

    internal EmergencyReads EmergencyReads { get; }

    /// <summary>One import, or other change of the picture, at a time.</summary>
    internal Turns Changing => Store.Changing;

    /// <summary>
    /// How many committed imports have records that were not compared with the others yet, because the program ended before that was
    /// done: matches with them are missing until <see cref="FinishLinking"/> has been called. For whoever runs the program, never shown to a viewer.
    /// </summary>
    public int NotLinked => Store.NotLinked;

    /// <summary>Compares the records of imports that were committed but not linked. Others may read, write and bring in meanwhile.</summary>
    /// <param name="progress">Told the share of each import done, 0 to 1.</param>
    /// <param name="cancel">Stops it; what was found so far is used, and the rest is done the next time.</param>
    /// <exception cref="StoreException">It could not be kept: disk full …</exception>
    public void FinishLinking(IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        Changing.Enter();
        try
        {
            FinishLinkingInTurn(progress, cancel);
        }
        finally
        {
            Changing.Exit();
        }
    }

    /// <summary>As <see cref="FinishLinking"/>, for whoever has the turn.</summary>
    internal void FinishLinkingInTurn(IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        try
        {
            while (Store.NextNotLinked() is { } import)
                Store.Link(import, progress, cancel);
        }
        catch (SqliteException problem)
        {
            throw Database.Explain(problem);
        }
    }

    /// <summary>Opens the store in a folder, or makes one there.</summary>
    /// <exception cref="StoreException">It is in use by another process, damaged, or made by a newer version; the message says what to do.</exception>
    public static Gate Open(string folder, GateOptions? options = null)
    {
        options ??= new GateOptions();
        FileStream? claimed = null;
        Database? database = null;
        ReadLog? log = null;
        try
        {
            var keys = StoreKeys.Of(folder, options.Keys);
            bool isNew = !File.Exists(Path.Combine(folder, Backups.StoreFiles.Picture));
            keys.Demand(isNew);
            Directory.CreateDirectory(folder);
            claimed = Claim(folder);
            database = new Database(Path.Combine(folder, "picture.db"));
            // It would be encrypted with whatever key lies there before that is proved to be its own.
            if (keys.AreElsewhere && !isNew && database.FormatNow < SealedColumns.Since)
            {
                throw new StoreException(
                    "The store was made by an older version of FourStrands, which kept its keys in the store's folder. Open it once without --keys, then move them with 'fourstrands keys move'."
                );
            }
            var vault = new Vault(keys, SealedColumns.AreUsed(database));
            SealedColumns.Begin(database, vault);
            database.CutKeys();
            // The first thing that is decrypted: it tells whether the key is the store's own.
            byte[] identifierKey = SealedColumns.IdentifierKey(database, vault, options.IdentifierKey);
            log = new ReadLog(Path.Combine(folder, "reads.db"), keys, vault, options.Clock);
            var engine = new Engine(identifierKey, Ontology.Default);
            var store = new StoreLog(database, engine, vault);
            store.Load();
            var people = new PeopleStore(database, vault);
            store.FinishErasingIfThereIsRoom(log);
            ReturnMemory();
            return new Gate(claimed, folder, keys, database, log, engine, store, people, options.Clock);
        }
        catch (Exception problem)
        {
            log?.Dispose();
            database?.Dispose();
            claimed?.Dispose();
            throw problem switch
            {
                SqliteException sqlite => Database.Explain(sqlite),
                UnauthorizedAccessException => new StoreException(
                    $"The store folder {folder} may not be written by this user. Check its permissions, or choose another with --store.",
                    problem
                ),
                IOException => new StoreException($"The store folder {folder} cannot be used: {problem.Message}", problem),
                _ => problem,
            };
        }
    }

    /// <summary>True if the store holds nothing yet: no import was ever committed, and nobody was let in. For first start only, never shown to a viewer.</summary>
    public bool IsNew => Engine.Imports.Count == 0 && !People.IsSetUp;

    /// <summary>What a viewer may see. Cheap: ask for one per request.</summary>
    public View For(Viewer viewer)
    {
        Releases.EndWhatRanOut();
        return new(this, viewer, StateOf(viewer));
    }

    /// <summary>What is kept for the viewer's class. Rights come and go, and classes with them: of too many all are dropped, and those that still ask are made anew.</summary>
    internal ClassState StateOf(Viewer viewer)
    {
        const int MostClasses = 100;
        if (classes.TryGetValue(viewer.PermissionClass, out var state))
            return state;
        if (classes.Count >= MostClasses)
            classes.Clear();
        return classes.GetOrAdd(viewer.PermissionClass, static (_, of) => new ClassState(of.Engine, of.viewer), (Engine, viewer));
    }

    /// <summary>Returns once every read so far is in the read log, and who is to be told of it at once is. A page calls it before it is sent.</summary>
    public Task FlushReadLog()
    {
        EmergencyReads.Tell();
        return Log.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // A turn that is never given back: a second time it would be waited for without end.
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        Releases.TryKeepLookedFor();
        Changing.Enter();
        Log.Dispose();
        Database.Dispose();
        claim.Dispose();
    }

    /// <summary>Loading a large store leaves more behind than it keeps: what was read, and columns that were outgrown.</summary>
    private static void ReturnMemory()
    {
        const long Large = 256L << 20;
        if (GC.GetTotalMemory(forceFullCollection: false) > Large)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private static FileStream Claim(string folder)
    {
        string file = Path.Combine(folder, "in-use");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem)
        {
            string? said = Reason(problem) switch
            {
                Trouble.InUse =>
                    $"The store in {folder} is in use by another FourStrands program. Stop it first (the workbench, or an import), or choose another store with --store.",
                Trouble.ReadOnly =>
                    $"The store in {folder} lies on a disk that can only be read, and every question asked of a store is logged in it. Copy the folder to a disk that can be written, or choose another store with --store.",
                Trouble.Full => $"The disk that holds the store in {folder} is full: the store cannot be opened. Free some space and do it again.",
                _ => null,
            };
            if (said is null)
                throw;
            throw new StoreException(said, problem) { IsInUse = Reason(problem) == Trouble.InUse };
        }
    }

    /// <summary>Why a file could not be had, as Unix (Linux and BSD) and Windows number it.</summary>
    private static Trouble Reason(IOException problem) =>
        problem.HResult switch
        {
            11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021) => Trouble.InUse,
            30 or unchecked((int)0x80070013) => Trouble.ReadOnly,
            28 or 122 or unchecked((int)0x80070070) => Trouble.Full,
            _ => Trouble.Other,
        };

    private enum Trouble
    {
        Other,
        InUse,
        ReadOnly,
        Full,
    }
}

/// <summary>The store cannot be opened or written; the message is for people and says what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes it.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>True if nothing is wrong with the store, and another program has it open.</summary>
    public bool IsInUse { get; init; }
}
