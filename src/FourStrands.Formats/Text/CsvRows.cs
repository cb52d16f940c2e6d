using System.Buffers;
using System.Text;
using FourStrands.Picture;

namespace FourStrands.Formats.Text;

/// <summary>
/// The rows of a table whose fields are set apart by a delimiter and may be quoted. A row may span lines inside
/// quotation marks. A row with a quotation mark too many or too few is rejected by itself: reading goes on at the next line, so
/// one bad mark does not swallow the file.
/// </summary>
internal sealed class CsvRows
{
    private const int MostLinesInRow = 100_000;
    private const int MostBytesInRow = 1024 * 1024;
    private const int MostFieldsInRow = 10_000;

    private readonly ByteLines _lines;
    private readonly byte _delimiter;
    private readonly Action<Rejection> _reject;
    private readonly Queue<(long Number, byte[] Line)> _ahead = new();
    private readonly ArrayBufferWriter<byte> _joined = new(1024);
    private readonly ArrayBufferWriter<byte> _unquoted = new(256);
    private (int Start, int Length, bool IsUnquoted)[] _fields = new (int, int, bool)[16];
    private byte[]? _current;

    public CsvRows(ByteLines lines, byte delimiter, Action<Rejection> reject)
    {
        _lines = lines;
        _delimiter = delimiter;
        _reject = reject;
    }

    /// <summary>The number of the line the current row begins on; the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>How many fields the current row has.</summary>
    public int Count { get; private set; }

    private ReadOnlySpan<byte> Source => _current ?? (_isJoined ? _joined.WrittenSpan : _lines.Current);

    private bool _isJoined;
    private Quotation _open;

    /// <summary>A field in UTF-8, without its quotation marks; empty beyond the last. Valid until <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            if (field < 0 || field >= Count)
                return default;
            var (start, length, isUnquoted) = _fields[field];
            return isUnquoted ? _unquoted.WrittenSpan.Slice(start, length) : Source.Slice(start, length);
        }
    }

    /// <summary>A field as text.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(this[field]);

    /// <summary>The row as it is written, for a list of rejects.</summary>
    public string Excerpt => Excerpts.Of(Source);

    /// <summary>True if the current row has that many columns; else it is rejected.</summary>
    public bool Has(int columns)
    {
        if (Count == columns)
            return true;
        if (Count < columns && IsCutOff)
        {
            Refuse(
                $"The row has {Count:N0} columns where there should be {columns:N0}, and the file ends in it: it is cut off. Get the whole file.",
                endsReading: true
            );
            return false;
        }
        Refuse(
            $"The row has {Count:N0} columns where there should be {columns:N0}. Look for a comma or quotation mark that is missing or too many, and save the file again."
        );
        return false;
    }

    // Nothing comes after the current row, not even the end of its line.
    private bool IsCutOff => _ahead.Count == 0 && _lines.IsUnended;

    /// <summary>Goes to the next row that can be used; false at the end. Empty lines are no rows.</summary>
    public bool Next()
    {
        while (NextLine())
        {
            if (Source.TrimEnd(" \t"u8).IsEmpty)
                continue;
            switch (Split())
            {
                case Ending.Whole:
                    return true;
                case Ending.OpenQuote:
                    if (Join())
                        return true;
                    break;
                case Ending.TooManyFields:
                    Refuse($"The row has more than {MostFieldsInRow:N0} columns. Check that the file has line ends.");
                    break;
                case Ending.AfterQuote:
                    Refuse("Something follows a closing quotation mark. A quotation mark inside a quoted field is written twice.");
                    break;
            }
        }
        return false;
    }

    private enum Ending
    {
        Whole,
        OpenQuote,
        AfterQuote,
        TooManyFields,
    }

    private bool NextLine()
    {
        _isJoined = false;
        if (_ahead.TryDequeue(out var ahead))
        {
            (Line, _current) = ahead;
            return true;
        }
        _current = null;
        if (!_lines.Next())
            return false;
        Line = _lines.Number;
        return true;
    }

    // Adds line after line to a row that ends inside a quotation. The lines are kept until it is sure that they belong to it.
    private bool Join()
    {
        var first = Source.ToArray();
        var firstLine = Line;
        var waiting = new List<(long, byte[])>();
        _joined.ResetWrittenCount();
        _joined.Write(first);
        while (waiting.Count < MostLinesInRow && _joined.WrittenCount < MostBytesInRow && NextLine())
        {
            waiting.Add((Line, Source.ToArray()));
            _joined.Write("\n"u8);
            _joined.Write(waiting[^1].Item2);
            _current = null;
            _isJoined = true;
            // Only a quotation mark can change how the row ends.
            if (!waiting[^1].Item2.AsSpan().Contains((byte)'"'))
                continue;
            var ending = GoOn();
            if (ending == Ending.Whole)
            {
                Line = firstLine;
                return true;
            }
            if (ending is Ending.AfterQuote or Ending.TooManyFields)
                break;
        }
        var cutOff = IsCutOff;
        var behind = _ahead.ToArray();
        _ahead.Clear();
        foreach (var line in waiting)
            _ahead.Enqueue(line);
        foreach (var line in behind)
            _ahead.Enqueue(line);
        _isJoined = false;
        _current = first;
        Line = firstLine;
        Refuse(cutOff ? "A quotation mark is opened and not closed before the file ends." : "A quotation mark is opened and not closed.", cutOff);
        return false;
    }

    private void Refuse(string reason, bool endsReading = false) => _reject(new Rejection(Line, "", reason, Excerpt) { EndsReading = endsReading });

    private Ending Split()
    {
        Count = 0;
        _unquoted.ResetWrittenCount();
        return SplitFrom(0);
    }

    // Goes on inside the quotation that the row ended in, now that a line was added: what lies before is not looked at again.
    private Ending GoOn()
    {
        var place = _open.Seen;
        var ending = Quoted(Source, ref place);
        return ending != Ending.Whole || place >= Source.Length ? ending : SplitFrom(place + 1);
    }

    private Ending SplitFrom(int place)
    {
        var source = Source;
        while (true)
        {
            if (Count == MostFieldsInRow)
                return Ending.TooManyFields;
            if (place < source.Length && source[place] == '"')
            {
                place++;
                _open = new Quotation(place, place, -1, place);
                var ending = Quoted(source, ref place);
                if (ending != Ending.Whole)
                    return ending;
            }
            else
            {
                var length = source[place..].IndexOf(_delimiter);
                if (length < 0)
                    length = source.Length - place;
                Take(place, length, isUnquoted: false);
                place += length;
            }
            if (place >= source.Length)
                return Ending.Whole;
            place++;
        }
    }

    private Ending Quoted(ReadOnlySpan<byte> source, ref int place)
    {
        var (start, kept, unquotedFrom, _) = _open;
        while (true)
        {
            var mark = source[place..].IndexOf((byte)'"');
            if (mark < 0)
            {
                _open = new Quotation(start, kept, unquotedFrom, source.Length);
                return Ending.OpenQuote;
            }
            place += mark + 1;
            if (place < source.Length && source[place] == '"')
            {
                if (unquotedFrom < 0)
                    unquotedFrom = _unquoted.WrittenCount;
                _unquoted.Write(source[kept..place]);
                place++;
                kept = place;
                continue;
            }
            if (unquotedFrom < 0)
            {
                Take(start, place - 1 - start, isUnquoted: false);
            }
            else
            {
                _unquoted.Write(source[kept..(place - 1)]);
                Take(unquotedFrom, _unquoted.WrittenCount - unquotedFrom, isUnquoted: true);
            }
            while (place < source.Length && source[place] == ' ')
                place++;
            return place == source.Length || source[place] == _delimiter ? Ending.Whole : Ending.AfterQuote;
        }
    }

    private void Take(int start, int length, bool isUnquoted)
    {
        if (Count == _fields.Length)
            Array.Resize(ref _fields, Count * 2);
        _fields[Count++] = (start, length, isUnquoted);
    }

    /// <summary>A quotation that is not closed yet.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="Kept">What lies before has been copied, without the marks that are doubled.</param>
    /// <param name="UnquotedFrom">Where the copy begins, or -1 if no mark is doubled so far.</param>
    /// <param name="Seen">What lies before has been looked at.</param>
    private readonly record struct Quotation(int Start, int Kept, int UnquotedFrom, int Seen);
}
