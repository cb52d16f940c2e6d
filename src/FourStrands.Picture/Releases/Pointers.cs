using System.Text;
using FourStrands.Picture.Memory;
using FourStrands.Picture.Search;

namespace FourStrands.Picture;

/// <summary>That an agency asks to be contacted about what was looked for.</summary>
/// <param name="Agency">The agency, as labels name it.</param>
/// <param name="AgencyName">Its name as shown.</param>
/// <param name="Desk">How its desk is reached.</param>
public sealed record Pointer(string Agency, string AgencyName, string Desk);

/// <summary>The names and numbers of pointers and alerts that are out: found by whoever looks for exactly one of them, and by nothing less.</summary>
internal sealed class Pointers
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, List<(RecordId Release, ReleaseKind Kind, Label Label, string Agency)>> byKey = new(StringComparer.Ordinal);

    public void Add(Release release, Engine engine)
    {
        lock (changing)
        {
            foreach (string key in release.Order.Values.Where(v => IsLookedFor(engine, v)).SelectMany(v => KeysOf(v.Value)).Distinct(StringComparer.Ordinal))
            {
                if (!byKey.TryGetValue(key, out var list))
                    byKey.Add(key, list = []);
                list.Add((release.Id, release.Order.Kind, release.Order.Label, release.Agency));
            }
        }
    }

    public void Remove(RecordId release)
    {
        lock (changing)
        {
            foreach (var (key, list) in byKey.ToList())
            {
                list.RemoveAll(p => p.Release == release);
                if (list.Count == 0)
                    byKey.Remove(key);
            }
        }
    }

    /// <summary>Forgets those of releases that are not there any more.</summary>
    public void Keep(HashSet<RecordId> releases)
    {
        foreach (var gone in Known().Where(r => !releases.Contains(r)))
            Remove(gone);

        List<RecordId> Known()
        {
            lock (changing)
                return [.. byKey.Values.SelectMany(l => l).Select(p => p.Release).Distinct()];
        }
    }

    /// <summary>The pointers of agencies that ask the viewer to contact them; their own is not among those. One agency may have several.</summary>
    public IReadOnlyList<(RecordId Release, Label Label, string Agency)> Find(Viewer viewer, string text)
    {
        HashSet<(RecordId, Label, string)> found = [];
        lock (changing)
        {
            foreach (string key in KeysOf(text))
            {
                foreach (var (release, kind, label, agency) in byKey.GetValueOrDefault(key) ?? [])
                {
                    if (kind == ReleaseKind.Pointer && agency != viewer.Agency && viewer.MaySee(label))
                        found.Add((release, label, agency));
                }
            }
        }
        return [.. found];
    }

    /// <summary>The alerts that other agencies set on what somebody of this one looks for; of those agencies that may be told of it.</summary>
    /// <param name="searcher">The agency of whoever looks.</param>
    /// <param name="told">The agencies that it agreed to have told.</param>
    /// <param name="text">What was looked for.</param>
    public IReadOnlyCollection<RecordId> Alerts(string searcher, IReadOnlyCollection<string> told, string text)
    {
        HashSet<RecordId> found = [];
        lock (changing)
        {
            foreach (string key in KeysOf(text))
            {
                foreach (var (release, kind, label, agency) in byKey.GetValueOrDefault(key) ?? [])
                {
                    bool isMeant = label.Audiences.All(a => a.Contains(searcher, StringComparer.Ordinal));
                    if (kind == ReleaseKind.Alert && agency != searcher && isMeant && told.Contains(agency, StringComparer.Ordinal))
                        found.Add(release);
                }
            }
        }
        return found;
    }

    /// <summary>Can somebody look for that: is it a name or an identifier?</summary>
    public static bool IsLookedFor(Engine engine, ReleasedValue value) =>
        engine.Ontology.Properties.Any(p => p.Name == value.Property && engine.Fields.IsSearched(p.Number) && p.Type.Name != "address");

    /// <summary>The words of a text whatever their order, and an identifier whatever its spacing.</summary>
    private static IEnumerable<string> KeysOf(string text)
    {
        if (text.Length > 500)
            yield break;
        List<string> words = [];
        Words.Cut(Encoding.UTF8.GetBytes(text), words, static (word, to) => to.Add(Encoding.UTF8.GetString(word)));
        if (words.Count > 0)
        {
            words.Sort(StringComparer.Ordinal);
            yield return "w " + string.Join(' ', words);
        }
        foreach (byte[] form in QueryForms.Of(text))
            yield return "i " + Encoding.UTF8.GetString(form);
    }
}
