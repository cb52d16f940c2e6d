using System.Buffers;
using System.Text;
using System.Text.Unicode;
using FourStrands.Picture;

namespace FourStrands.Formats.Text;

/// <summary>
/// The lines of a file as UTF-8, one after another, in memory bounded by the longest line allowed. A longer line, and
/// one that is not text, is rejected and reading goes on at the next.
/// </summary>
/// <remarks>
/// A file is taken for UTF-8. If its first bytes beyond ASCII are not, it is taken for Windows-1252 from there on, which is what
/// office programs in Western Europe write when they do not write UTF-8.
/// </remarks>
internal sealed class ByteLines : IDisposable
{
    private static readonly Encoding _windows = Windows1252();

    private readonly Stream _content;
    private readonly int _maxBytes;
    private readonly Action<Rejection> _reject;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private byte[] _recoded = [];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _isTold;
    private ContentEncoding _encoding;

    public ByteLines(Stream content, int maxBytes, Action<Rejection> reject)
    {
        _content = content;
        _maxBytes = maxBytes;
        _reject = reject;
    }

    private enum ContentEncoding
    {
        OnlyAsciiSoFar,
        Utf8,
        Windows1252,
    }

    /// <summary>The number of the current line; the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>True if the current line is the last and has no line end: a file that was cut off ends so (many that were not do too).</summary>
    public bool IsUnended { get; private set; }

    // Why the content ended early, or null if it has not.
    private string? Broken { get; set; }

    private int _lineStart;
    private int _lineLength;
    private bool _isRecoded;

    /// <summary>The current line without its end; valid until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Current => _isRecoded ? _recoded.AsSpan(0, _lineLength) : _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Goes to the next line that can be used; false at the end.</summary>
    public bool Next()
    {
        while (NextRaw())
        {
            var line = _buffer.AsSpan(_lineStart, _lineLength);
            if (System.Text.Ascii.IsValid(line) || Decode(line))
                return true;
        }
        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_recoded.Length > 0)
            ArrayPool<byte>.Shared.Return(_recoded);
        _buffer = [];
        _recoded = [];
    }

    private bool Decode(ReadOnlySpan<byte> line)
    {
        if (_encoding != ContentEncoding.Windows1252)
        {
            if (Utf8.IsValid(line))
            {
                _encoding = ContentEncoding.Utf8;
                return true;
            }
            if (_encoding == ContentEncoding.Utf8 || line.Contains((byte)0))
            {
                Refuse("The line has bytes that are not UTF-8, though lines before it are. Save the file again as UTF-8.");
                return false;
            }
            _encoding = ContentEncoding.Windows1252;
        }
        var text = _windows.GetString(line);
        var needed = Encoding.UTF8.GetByteCount(text);
        if (_recoded.Length < needed)
        {
            if (_recoded.Length > 0)
                ArrayPool<byte>.Shared.Return(_recoded);
            _recoded = ArrayPool<byte>.Shared.Rent(needed);
        }
        _lineLength = Encoding.UTF8.GetBytes(text, _recoded);
        _isRecoded = true;
        return true;
    }

    private void Refuse(string reason, bool endsReading = false) =>
        _reject(new Rejection(Number, "", reason, Excerpts.Of(_buffer.AsSpan(_lineStart, _lineLength))) { EndsReading = endsReading });

    private bool NextRaw()
    {
        _isRecoded = false;
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            var length = found < 0 ? _end - _start : searched + found;
            if (length > _maxBytes)
            {
                RefuseTooLong(found < 0 ? -1 : length);
                searched = 0;
                continue;
            }
            if (found >= 0)
            {
                TakeLine(length);
                _start += length + 1;
                return true;
            }
            if (_atEnd)
                return TakeLast(length);
            searched = length;
            Fill();
        }
    }

    private void TakeLine(int length)
    {
        Number++;
        _lineStart = _start;
        _lineLength = length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
    }

    private bool TakeLast(int length)
    {
        // The end-of-file mark that old programs write is not a line.
        var marked = length;
        length = _buffer.AsSpan(_start, length).TrimEnd((byte)0x1a).Length;
        if (Broken is null && length == 0)
            return false;
        TakeLine(length);
        _start = _end;
        IsUnended = marked == length;
        if (Broken is null)
            return true;
        if (!_isTold)
            Refuse($"The content ends early, in this line: {Broken} What came before is kept.", endsReading: true);
        _isTold = true;
        return false;
    }

    private void RefuseTooLong(int length)
    {
        Number++;
        var excerpt = Excerpts.Of(_buffer.AsSpan(_start, _end - _start));
        while (length < 0 && !_atEnd)
        {
            _start = _end = 0;
            Fill();
            length = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
        }
        _start = length < 0 ? _end : _start + length + 1;
        _reject(
            new Rejection(
                Number,
                "",
                $"The line is longer than {_maxBytes:N0} bytes. Check that the file has line ends, and that no quotation mark or brace is missing.",
                excerpt
            )
        );
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        try
        {
            var read = _content.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _atEnd = read == 0;
        }
        catch (InvalidDataException damaged)
        {
            Broken = damaged.Message;
            _atEnd = true;
        }
    }

    private static Encoding Windows1252()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1252);
    }
}
