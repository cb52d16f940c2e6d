using System.Text;
using System.Text.Json;
using FourStrands.Formats.Text;

namespace FourStrands.Formats;

/// <summary>The beginning of a file, unpacked and in UTF-8, by which its format is told.</summary>
public sealed class FormatSample
{
    /// <summary>How much of a file is looked at.</summary>
    public const int Size = 64 * 1024;

    private readonly Lazy<IReadOnlyList<string[]>> _rows;
    private readonly Lazy<JsonElement?> _firstItem;
    private bool _isCut;

    /// <summary>Makes a sample of the first bytes of a file.</summary>
    /// <param name="content">UTF-8, without byte order mark.</param>
    /// <param name="isWhole">True if the file has no more than this.</param>
    public FormatSample(ReadOnlyMemory<byte> content, bool isWhole)
    {
        Content = content;
        IsWhole = isWhole;
        Text = Encoding.UTF8.GetString(content.Span);
        _rows = new(ReadRows);
        _firstItem = new(ReadFirstItem);
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>True if the file has no more than this.</summary>
    public bool IsWhole { get; }

    /// <summary>The bytes as text; the last letter may be damaged where the file was cut.</summary>
    public string Text { get; }

    /// <summary>The first character that is not a blank, or NUL if there is none.</summary>
    public char FirstLetter => Text.AsSpan().TrimStart() is { Length: > 0 } text ? text[0] : '\0';

    /// <summary>The first rows of a comma-separated table, at most 50; a row that the sample cuts off is left out.</summary>
    public IReadOnlyList<string[]> Rows => _rows.Value;

    /// <summary>The names in the first row, trimmed.</summary>
    public IReadOnlyList<string> Header => Rows.Count == 0 ? [] : [.. Rows[0].Select(name => name.Trim())];

    /// <summary>The first object of JSON content, or null if there is none in the sample.</summary>
    public JsonElement? FirstItem => _firstItem.Value;

    /// <summary>True if the first object is longer than the sample, so that some of its parts may not be in <see cref="FirstItem"/>.</summary>
    public bool FirstItemIsCut => FirstItem is not null && _isCut;

    /// <summary>True if the first object has a value of that name.</summary>
    public bool FirstItemHas(string name) => FirstItem?.Part(name) is not null;

    private List<string[]> ReadRows()
    {
        var rows = new List<string[]>();
        if (FirstLetter is '{' or '[' or '<')
            return rows;
        using var content = new MemoryStream(Content.ToArray(), writable: false);
        using var lines = new ByteLines(content, Size, _ => { });
        var table = new CsvRows(lines, (byte)',', _ => { });
        while (rows.Count < 50 && table.Next())
        {
            var row = new string[table.Count];
            for (var field = 0; field < row.Length; field++)
                row[field] = table.Text(field);
            rows.Add(row);
        }
        if (!IsWhole && rows.Count is > 1 and < 50)
            rows.RemoveAt(rows.Count - 1);
        return rows;
    }

    private JsonElement? ReadFirstItem()
    {
        if (FirstLetter is not ('{' or '['))
            return null;
        using var content = new MemoryStream(Content.ToArray(), writable: false);
        using var items = new JsonItems(content, Size, _ => { });
        while (items.Next())
        {
            try
            {
                using var document = JsonDocument.Parse(items.Current.ToArray());
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // The first item may be the damaged one; the next tells as much.
            }
        }
        return IsWhole ? null : ReadCutItem();
    }

    // What there is of an object that goes on beyond the sample.
    private JsonElement? ReadCutItem()
    {
        var start = Content.Span.IndexOf((byte)'{');
        if (start < 0)
            return null;
        var content = Content.Span[start..];
        var reader = new Utf8JsonReader(content, isFinalBlock: false, default);
        var open = new Stack<char>();
        var end = 0;
        var ends = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push(reader.TokenType == JsonTokenType.StartObject ? '}' : ']');
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    open.Pop();
                if (reader.TokenType == JsonTokenType.PropertyName)
                    continue;
                end = (int)reader.BytesConsumed;
                ends = string.Concat(open);
            }
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(content[..end]) + ends);
            _isCut = true;
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
