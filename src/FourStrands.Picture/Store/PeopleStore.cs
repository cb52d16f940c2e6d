using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace FourStrands.Picture.Store;

/// <summary>
/// Agencies, people and what they sign in with: held in memory, written through to the store, encrypted there. Several changes that belong together
/// are kept together or not at all.
/// </summary>
internal sealed class PeopleStore
{
    private readonly Database database;
    private readonly Vault vault;
    private readonly List<Func<int>> renewing = [];
    private readonly List<(string Sql, string Kind, string Id, byte[]? Content)> pending = [];
    private readonly List<Action> afterwards = [];

    public PeopleStore(Database database, Vault vault)
    {
        this.database = database;
        this.vault = vault;
        Agencies = new Shelf<Agency>(this, "agency", a => a.Name);
        Compartments = new Shelf<Compartment>(this, "compartment", c => c.Name);
        Groups = new Shelf<SharingGroup>(this, "group", g => g.Name);
        People = new Shelf<Person>(this, "person", p => p.Id.ToString());
        Proposals = new Shelf<Proposal>(this, "proposal", p => p.Id.ToString());
        Credentials = new Shelf<Credentials>(this, "credentials", c => c.Person.ToString());
        Links = new Shelf<KeptLink>(this, "link", l => l.Hash);
        Sessions = new Shelf<Session>(this, "session", s => s.Id.ToString());
        Keys = new Shelf<KeptKey>(this, "key", k => k.Hash);
        // It names the session that it was opened in: whoever knows that is signed in.
        Emergencies = new Shelf<EmergencyAccess>(this, "emergency", e => e.Id.ToString());
    }

    /// <param name="Hash">SHA-256 of the link's secret, base 64.</param>
    /// <param name="Link">What it is for.</param>
    public sealed record KeptLink(string Hash, OneTimeLink Link);

    /// <param name="Hash">SHA-256 of the key's secret, base 64.</param>
    /// <param name="Key">Whose it is, and what it may be used for.</param>
    public sealed record KeptKey(string Hash, ApiKey Key);

    public Shelf<Agency> Agencies { get; }

    public Shelf<Compartment> Compartments { get; }

    public Shelf<SharingGroup> Groups { get; }

    public Shelf<Person> People { get; }

    public Shelf<Proposal> Proposals { get; }

    public Shelf<Credentials> Credentials { get; }

    public Shelf<KeptLink> Links { get; }

    public Shelf<Session> Sessions { get; }

    public Shelf<KeptKey> Keys { get; }

    public Shelf<EmergencyAccess> Emergencies { get; }

    /// <summary>One change at a time: whoever decides by what is there and then changes it holds this.</summary>
    public Lock Changing { get; } = new();

    /// <summary>Keeps all that <paramref name="work"/> puts on shelves and takes off them, or none of it.</summary>
    public void Change(Action work)
    {
        lock (Changing)
        {
            pending.Clear();
            afterwards.Clear();
            try
            {
                work();
                lock (database.Writing)
                {
                    database.Transaction(() =>
                    {
                        foreach (var (sql, kind, id, content) in pending)
                            database.Execute(sql, ("$kind", kind), ("$id", id), ("$content", content));
                    });
                }
            }
            catch (Microsoft.Data.Sqlite.SqliteException problem)
            {
                throw Database.Explain(problem);
            }
            foreach (var then in afterwards)
                then();
        }
    }

    /// <summary>
    /// Encrypts everything anew with a new key, here and in the rest of the store, and destroys the older ones once all of it is kept. Broken off before, it leaves both
    /// keys, and is done by doing it again.
    /// </summary>
    /// <param name="rest">The rest of the store.</param>
    /// <param name="log">The log, whose entries are encrypted with it too.</param>
    /// <returns>How many values were encrypted anew, and how many keys destroyed.</returns>
    public (int Values, int Keys) RotateKey(StoreLog rest, ReadLog log)
    {
        lock (Changing)
        {
            int values = 0;
            vault.AddKey();
            Change(() => values = renewing.Sum(putAgain => putAgain()));
            lock (database.Writing)
                values += SealedColumns.Renew(database, vault);
            values += log.Renew();
            // What was written with an older key is not to be found in freed pages either. While somebody reads an older state it is put off to the next start.
            rest.FinishErasing(log);
            return (values, vault.DestroyOlder());
        }
    }

    /// <summary>Encrypts what older programs kept in plain. What people sign in with and what names a session was encrypted always, as <see cref="SealedColumns.AreUsed"/> knows too.</summary>
    /// <returns>How many values.</returns>
    public static int Seal(Database database, Vault vault)
    {
        var plain = database.Rows(
            "SELECT kind, id, content FROM people WHERE kind NOT IN ('credentials', 'link', 'session', 'key', 'emergency')",
            r => (Kind: r.GetString(0), Id: r.GetString(1), Content: (byte[])r.GetValue(2))
        );
        foreach (var (kind, id, content) in plain)
            database.Execute(
                "UPDATE people SET content=$content WHERE kind=$kind AND id=$id",
                ("$kind", kind),
                ("$id", id),
                ("$content", vault.Lock(content, KeptAs(kind, id)))
            );
        return plain.Count;
    }

    private static byte[] KeptAs(string kind, string id) => Encoding.UTF8.GetBytes($"{kind}/{id}");

    /// <summary>All of one kind.</summary>
    internal sealed class Shelf<T>
        where T : class
    {
        private readonly PeopleStore store;
        private readonly string kind;
        private readonly Func<T, string> key;
        private readonly ConcurrentDictionary<string, T> items = new(StringComparer.Ordinal);

        public Shelf(PeopleStore store, string kind, Func<T, string> key)
        {
            (this.store, this.kind, this.key) = (store, kind, key);
            store.renewing.Add(PutAgain);
            foreach (
                var (id, content) in store.database.Rows(
                    "SELECT id, content FROM people WHERE kind=$kind",
                    r => (r.GetString(0), (byte[])r.GetValue(1)),
                    ("$kind", kind)
                )
            )
            {
                byte[] plain = store.vault.Unlock(content, KeptAs(kind, id));
                items[id] =
                    JsonSerializer.Deserialize<T>(plain, StoredJson.Options)
                    ?? throw new StoreException($"What is kept of {kind} {id} is damaged. Restore the store from a backup.");
            }
        }

        public IEnumerable<T> All => items.Values;

        public T? Find(string id) => items.GetValueOrDefault(id);

        /// <summary>Within <see cref="PeopleStore.Change"/>: puts it there, in the place of one with the same key.</summary>
        public void Put(T item)
        {
            string id = key(item);
            byte[] plain = JsonSerializer.SerializeToUtf8Bytes(item, StoredJson.Options);
            store.pending.Add(
                (
                    "INSERT INTO people(kind, id, content) VALUES($kind, $id, $content) ON CONFLICT(kind, id) DO UPDATE SET content=$content",
                    kind,
                    id,
                    store.vault.Lock(plain, KeptAs(kind, id))
                )
            );
            store.afterwards.Add(() => items[id] = item);
        }

        /// <summary>Within <see cref="PeopleStore.Change"/>: encrypts all of them anew.</summary>
        private int PutAgain()
        {
            var all = items.Values.ToList();
            all.ForEach(Put);
            return all.Count;
        }

        /// <summary>Within <see cref="PeopleStore.Change"/>: takes it away.</summary>
        public void Take(string id)
        {
            store.pending.Add(("DELETE FROM people WHERE kind=$kind AND id=$id AND $content IS NULL", kind, id, null));
            store.afterwards.Add(() => items.TryRemove(id, out _));
        }
    }
}
