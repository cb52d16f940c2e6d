using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FourStrands.Formats.Content;

/// <summary>
/// The files of a zip archive in the order they lie in it, read as a stream: nothing goes to disk, and what an archive that is cut off
/// still holds can be read. The platform's own reader wants the directory at the end first, and so the whole archive.
/// </summary>
internal sealed class ZipEntries(Stream archive) : IDisposable
{
    private const uint LocalHeader = 0x04034b50;
    private const uint Descriptor = 0x08074b50;
    private const uint End = 0x06054b50;
    private const int EndLength = 22;
    private readonly Blocks _archive = new(archive);
    private EntryContent? _open;

    /// <summary>The file name of the current entry, without folders.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Why the current entry cannot be unpacked, or null if it can.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>Packed bytes of the current entry read so far.</summary>
    public long PackedBytes => _open?.PackedBytes ?? 0;

    /// <summary>Goes to the next file; false at the end. Throws <see cref="InvalidDataException"/> where the archive is damaged.</summary>
    public bool Next()
    {
        if (_open is not null)
        {
            _open.Finish();
            _open.Dispose();
            _open = null;
        }
        Span<byte> header = stackalloc byte[30];
        while (true)
        {
            var length = _archive.ReadUpTo(header);
            if (length == 0)
                throw new InvalidDataException("The archive is cut off: its directory is missing.");
            if (length < 4)
                throw Damaged();
            var signature = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (signature != LocalHeader)
            {
                // The directory, or the end of an archive without files.
                if ((signature & 0xffff) != 0x4b50)
                    throw Damaged();
                ReadDirectory(header[..length]);
                return false;
            }
            if (length < 30)
                throw Damaged();
            if (ReadEntry(header))
                return true;
        }
    }

    /// <summary>True if what is left of the current entry must be unpacked to find the next.</summary>
    public bool MustBeReadThrough => _open is { IsBounded: false };

    /// <inheritdoc />
    public void Dispose() => _open?.Dispose();

    /// <summary>The unpacked content of the current entry, to be read before the next.</summary>
    public Stream Open() => _open ?? throw new InvalidOperationException("There is no entry to open.");

    /// <summary>Reads what is behind the files, of which only the end matters: an archive without it may have lost files.</summary>
    private void ReadDirectory(ReadOnlySpan<byte> begun)
    {
        // The end may bear a comment of 64 KB.
        const int Room = 2 * ((1 << 16) + EndLength);
        var tail = new byte[Room];
        begun.CopyTo(tail);
        var length = begun.Length;
        while (_archive.ReadUpTo(tail.AsSpan(length)) is > 0 and var more)
        {
            length += more;
            if (length < Room)
                break;
            tail.AsSpan(Room / 2).CopyTo(tail);
            length = Room / 2;
        }
        for (var at = length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == End && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) <= length)
                return;
        }
        throw new InvalidDataException("The archive is cut off: the end of its directory is missing.");
    }

    private bool ReadEntry(ReadOnlySpan<byte> header)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header[14..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        long unpacked = BinaryPrimitives.ReadUInt32LittleEndian(header[22..]);
        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header[26..])];
        var extra = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header[28..])];
        if (_archive.ReadUpTo(name) < name.Length || _archive.ReadUpTo(extra) < extra.Length)
            throw Damaged();
        var isLarge = LargeSizes(extra, ref packed, ref unpacked);
        var isSizeBehind = (flags & 8) != 0;
        var path = Encoding.UTF8.GetString(name);
        if (path.EndsWith('/') && packed == 0)
            return false;
        Name = Text.Excerpts.Of(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
        Unreadable =
            (flags & 1) != 0 ? "The file in the archive is encrypted. Unpack it first."
            : method is not (0 or 8) ? "The file in the archive is packed by a method that is not supported. Pack it again as an ordinary zip."
            : method == 0 && isSizeBehind && packed == 0 ? "The file in the archive does not say how long it is. Pack it again."
            : null;
        if (Unreadable is not null && isSizeBehind && packed == 0)
            throw new InvalidDataException(Unreadable);
        _open = new EntryContent(_archive, method, isSizeBehind && packed == 0 ? -1 : packed, crc, isSizeBehind, isLarge);
        return true;
    }

    // Sizes over 4 GB are in an extra field.
    private static bool LargeSizes(ReadOnlySpan<byte> extra, ref long packed, ref long unpacked)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                return false;
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1)
                continue;
            if (unpacked == uint.MaxValue && field.Length >= 8)
            {
                unpacked = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[8..];
            }
            if (packed == uint.MaxValue && field.Length >= 8)
                packed = BinaryPrimitives.ReadInt64LittleEndian(field);
            if (packed < 0)
                throw Damaged();
            return true;
        }
        return false;
    }

    private static InvalidDataException Damaged() => new("The archive is damaged.");

    private sealed class EntryContent : ForwardStream
    {
        private readonly Blocks _archive;
        private readonly PackedPart _packed;
        private readonly Stream _unpacked;
        private readonly uint _crc;
        private readonly bool _isSizeBehind;
        private readonly bool _isLarge;
        private uint _seen = uint.MaxValue;
        private bool _isFinished;

        public EntryContent(Blocks archive, int method, long packed, uint crc, bool isSizeBehind, bool isLarge)
        {
            _archive = archive;
            _packed = new PackedPart(archive, packed);
            _unpacked = method == 8 ? new DeflateStream(_packed, CompressionMode.Decompress, leaveOpen: true) : _packed;
            _crc = crc;
            _isSizeBehind = isSizeBehind;
            _isLarge = isLarge;
        }

        public long PackedBytes => _packed.BytesRead;

        public bool IsBounded => _packed.IsBounded;

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _unpacked.Dispose();
            base.Dispose(disposing);
        }

        public override int Read(Span<byte> buffer)
        {
            if (_isFinished || buffer.IsEmpty)
                return 0;
            var read = _unpacked.Read(buffer);
            _seen = Crc32.Add(_seen, buffer[..read]);
            if (read == 0)
                Close(isChecked: true);
            return read;
        }

        // Goes to where the next entry begins, without unpacking what is left where the size is known.
        public void Finish()
        {
            if (_isFinished)
                return;
            if (_packed.IsBounded)
            {
                _packed.SkipRest();
                Close(isChecked: false);
                return;
            }
            var rest = new byte[64 * 1024];
            while (Read(rest) > 0) { }
        }

        private void Close(bool isChecked)
        {
            _isFinished = true;
            _packed.SkipRest();
            var crc = _crc;
            if (_isSizeBehind)
            {
                Span<byte> behind = stackalloc byte[4];
                if (_archive.ReadUpTo(behind) < 4)
                    throw new InvalidDataException("The archive is cut off.");
                crc = BinaryPrimitives.ReadUInt32LittleEndian(behind);
                if (crc == Descriptor)
                {
                    _archive.ReadUpTo(behind);
                    crc = BinaryPrimitives.ReadUInt32LittleEndian(behind);
                }
                Span<byte> sizes = stackalloc byte[_isLarge ? 16 : 8];
                _archive.ReadUpTo(sizes);
            }
            if (isChecked && crc != ~_seen)
                throw new InvalidDataException("The checksum of the packed file is wrong: it is damaged or cut off.");
        }
    }

    // The packed bytes of one entry. Where it is not known how many they are, they are handed out one by one, so that unpacking
    // takes none that belong to what follows.
    private sealed class PackedPart(Blocks archive, long length) : ForwardStream
    {
        public bool IsBounded => length >= 0;

        public long BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var most = IsBounded ? (int)Math.Min(buffer.Length, length - BytesRead) : Math.Min(buffer.Length, 1);
            if (most == 0)
                return 0;
            var read = archive.ReadUpTo(buffer[..most]);
            if (read == 0)
                throw new InvalidDataException("The archive is cut off.");
            BytesRead += read;
            return read;
        }

        public void SkipRest()
        {
            if (!IsBounded)
                return;
            var rest = new byte[64 * 1024];
            while (BytesRead < length)
                _ = Read(rest);
        }
    }

    /// <summary>Reads in large blocks and hands out whatever is asked for.</summary>
    private sealed class Blocks(Stream content)
    {
        private readonly byte[] _block = new byte[128 * 1024];
        private int _place;
        private int _end;

        public int ReadUpTo(Span<byte> wanted)
        {
            var done = 0;
            while (done < wanted.Length)
            {
                if (_place == _end)
                {
                    _place = 0;
                    _end = content.Read(_block, 0, _block.Length);
                    if (_end == 0)
                        break;
                }
                var part = Math.Min(wanted.Length - done, _end - _place);
                _block.AsSpan(_place, part).CopyTo(wanted[done..]);
                _place += part;
                done += part;
            }
            return done;
        }
    }
}

/// <summary>The checksum that zip archives carry.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = Table();

    public static uint Add(uint sum, ReadOnlySpan<byte> content)
    {
        foreach (var part in content)
            sum = _table[(sum ^ part) & 0xff] ^ (sum >> 8);
        return sum;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var entry = 0u; entry < table.Length; entry++)
        {
            var value = entry;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xedb88320u ^ (value >> 1) : value >> 1;
            table[entry] = value;
        }
        return table;
    }
}
