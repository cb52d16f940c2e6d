using FourStrands.Picture;

namespace FourStrands.Formats.Text;

/// <summary>
/// The columns of a table by the names in its header, which are compared without case and outer spaces. A name that comes again is told of, and
/// counted: the second <c>Phone</c> is <c>Phone (2)</c>, so that what stands under it can be kept. One without a name is <c>column 3</c>.
/// </summary>
internal sealed class NamedColumns
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public NamedColumns(CsvRows header, Action<Rejection> reject)
    {
        var names = new string[header.Count];
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < names.Length; column++)
        {
            var name = header.Text(column).Trim();
            if (name.Length == 0)
                name = $"column {column + 1}";
            var times = seen.GetValueOrDefault(name) + 1;
            names[column] = times == 1 ? name : $"{name} ({times})";
            while (!_places.TryAdd(names[column], column))
                names[column] = $"{name} ({++times})";
            seen[name] = times;
            if (times > 1)
                reject(
                    new Rejection(
                        header.Line,
                        Excerpts.Of(name),
                        $"The table has this column more than once. The first is taken for it; this one is read as “{Excerpts.Of(names[column])}”.",
                        ""
                    )
                );
        }
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    public bool Has(string name) => _places.ContainsKey(name);

    /// <summary>Where the column of that name is, or -1.</summary>
    public int Place(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>The trimmed value of the current row in the column of that name; empty if there is no such column.</summary>
    public string Value(CsvRows row, string name) => _places.TryGetValue(name, out var column) ? row.Text(column).Trim() : "";
}
