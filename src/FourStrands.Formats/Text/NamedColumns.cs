namespace FourStrands.Formats.Text;

/// <summary>The columns of a table by the names in its header, which are compared without case and outer spaces.</summary>
internal sealed class NamedColumns
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public NamedColumns(CsvRows header)
    {
        var names = new string[header.Count];
        for (var column = 0; column < names.Length; column++)
        {
            names[column] = header.Text(column).Trim();
            _places.TryAdd(names[column], column);
        }
        Names = names;
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    public bool Has(string name) => _places.ContainsKey(name);

    /// <summary>The trimmed value of the current row in the column of that name; empty if there is no such column.</summary>
    public string Value(CsvRows row, string name) => _places.TryGetValue(name, out var column) ? row.Text(column).Trim() : "";
}
