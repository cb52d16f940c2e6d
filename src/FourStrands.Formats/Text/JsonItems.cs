using System.Buffers;
using System.Text.Unicode;
using FourStrands.Picture;

namespace FourStrands.Formats.Text;

/// <summary>
/// The objects of JSON content, one after another as bytes: one a line (JSON lines), or the members of one array, or objects
/// written over several lines. An object that is too long or not UTF-8 is rejected without being held in memory.
/// </summary>
/// <remarks>
/// In JSON lines a damaged line harms no other. Elsewhere an object ends where its braces do.
/// </remarks>
internal sealed class JsonItems : IDisposable
{
    private readonly ByteLines? _lines;
    private readonly Stream _content;
    private readonly int _maxBytes;
    private readonly Action<Rejection> _reject;
    private readonly ArrayBufferWriter<byte> _item = new(4096);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _place;
    private int _end;
    private long _line = 1;
    private bool _isOver;
    private bool _isEscaped;

    /// <param name="content">UTF-8 without byte order mark.</param>
    /// <param name="maxBytes">The longest object.</param>
    /// <param name="reject">Told what cannot be used.</param>
    public JsonItems(Stream content, int maxBytes, Action<Rejection> reject)
    {
        _maxBytes = maxBytes;
        _reject = reject;
        var start = new byte[64 * 1024];
        var length = 0;
        string? broken = null;
        try
        {
            length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException damaged)
        {
            broken = damaged.Message;
        }
        _content = new Content.PrefixedStream(start.AsMemory(0, length), content, broken);
        if (IsOneALine(start.AsSpan(0, length)))
            _lines = new ByteLines(_content, maxBytes, reject);
    }

    /// <summary>The line the current object begins on.</summary>
    public long Line { get; private set; }

    /// <summary>The current object; valid until <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Current => _lines is null ? _item.WrittenSpan : _lines.Current;

    /// <summary>Goes to the next object; false at the end.</summary>
    public bool Next()
    {
        if (_lines is null)
            return NextByBraces();
        while (_lines.Next())
        {
            Line = _lines.Number;
            var line = _lines.Current.Trim(" \t\r"u8);
            if (_lines.IsUnended && line is [(byte)'{', .., not (byte)'}'])
            {
                RefuseCutOff(line);
                return false;
            }
            if (!line.IsEmpty)
                return true;
        }
        return false;
    }

    public void Dispose()
    {
        _lines?.Dispose();
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private static bool IsOneALine(ReadOnlySpan<byte> start)
    {
        var text = start.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != '{')
            return text.IsEmpty || text[0] != '[';
        var end = text.IndexOf((byte)'\n');
        return end < 0 || text[..end].TrimEnd(" \t\r"u8).EndsWith("}"u8);
    }

    private bool NextByBraces()
    {
        _item.ResetWrittenCount();
        var depth = 0;
        var inText = false;
        var tooLong = false;
        while (true)
        {
            if (_place == _end && !Fill())
                return EndOfContent(depth > 0);
            var block = _buffer.AsSpan(_place, _end - _place);
            if (depth == 0)
            {
                var open = block.IndexOf((byte)'{');
                var between = open < 0 ? block : block[..open];
                _line += between.Count((byte)'\n');
                _place += between.Length;
                if (open < 0)
                    continue;
                Line = _line;
                depth = 1;
                _place++;
                _item.Write("{"u8);
                continue;
            }
            var used = Scan(block, ref depth, ref inText);
            _line += block[..used].Count((byte)'\n');
            _place += used;
            if (!tooLong)
            {
                _item.Write(block[..used]);
                if (_item.WrittenCount > _maxBytes)
                {
                    tooLong = true;
                    _reject(
                        new Rejection(
                            Line,
                            "",
                            $"The object is longer than {_maxBytes:N0} bytes. Check that no brace or quotation mark is missing.",
                            Excerpts.Of(_item.WrittenSpan)
                        )
                    );
                    _item.ResetWrittenCount();
                }
            }
            if (depth > 0)
                continue;
            if (tooLong)
            {
                tooLong = false;
                continue;
            }
            if (Utf8.IsValid(_item.WrittenSpan))
                return true;
            _reject(new Rejection(Line, "", "The object has bytes that are not UTF-8. Save the file again as UTF-8.", Excerpts.Of(_item.WrittenSpan)));
            _item.ResetWrittenCount();
        }
    }

    // Reads on to where the object ends, or to the end of the block; returns how far it came.
    private int Scan(ReadOnlySpan<byte> block, ref int depth, ref bool inText)
    {
        var place = _isEscaped ? 1 : 0;
        _isEscaped = false;
        while (place < block.Length)
        {
            var found = inText ? block[place..].IndexOfAny((byte)'"', (byte)'\\') : block[place..].IndexOfAny((byte)'"', (byte)'{', (byte)'}');
            if (found < 0)
                return block.Length;
            place += found;
            switch (block[place++])
            {
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'\\':
                    // The letter after it is not looked at, even where it comes with the next block.
                    _isEscaped = place == block.Length;
                    place++;
                    break;
                case (byte)'{':
                    depth++;
                    break;
                case (byte)'}':
                    depth--;
                    if (depth == 0)
                        return place;
                    break;
            }
        }
        return block.Length;
    }

    private bool EndOfContent(bool inObject)
    {
        if (inObject)
            RefuseCutOff(_item.WrittenSpan);
        return false;
    }

    private void RefuseCutOff(ReadOnlySpan<byte> item) =>
        _reject(
            new Rejection(Line, "", "The content ends in the middle of this object. Check that the file is whole.", Excerpts.Of(item)) { EndsReading = true }
        );

    private bool Fill()
    {
        if (_isOver)
            return false;
        try
        {
            _place = 0;
            _end = _content.Read(_buffer, 0, _buffer.Length);
            _isOver = _end == 0;
        }
        catch (InvalidDataException damaged)
        {
            _isOver = true;
            _end = 0;
            _reject(new Rejection(_line, "", $"The content ends early: {damaged.Message} What came before is kept.", "") { EndsReading = true });
        }
        return !_isOver;
    }
}
