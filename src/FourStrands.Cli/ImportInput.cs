using FourStrands.Cli.Commands;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli;

/// <summary>A file to import, or standard input. Its beginning is looked at first, to know its format and so which source it is.</summary>
internal sealed class ImportInput(string name, Stream content) : IDisposable
{
    private const int Beginning = 256 * 1024;

    // Formats in which only one publisher publishes: the list's own name, whatever the file is called.
    private static readonly (string Format, string Source)[] Published =
    [
        ("ofac-", "US Treasury: Office of Foreign Assets Control"),
        ("un", "United Nations Security Council: Consolidated List"),
        ("uk-ofsi", "HM Treasury: Consolidated List"),
        ("uk-sanctions-list", "UK Sanctions List"),
        ("ch-", "Companies House"),
    ];

    private byte[] beginning = [];
    private int length;

    public string Name => name;

    /// <summary>The format's name; null if none is known.</summary>
    public string? Format { get; private set; }

    public string SourceName { get; private set; } = "";

    /// <summary>True if its format is one in which public bodies publish.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>Looks at the beginning; nothing of it is lost.</summary>
    public void Probe(ImportOptions options)
    {
        beginning = new byte[Beginning];
        length = content.ReadAtLeast(beginning, Beginning, throwOnEndOfStream: false);
        using var start = new MemoryStream(beginning, 0, length, writable: false);
        var summary = ImportFile.Read(start, Nothing.Instance, new ReadOptions { Format = options.Format, Mapping = options.Mapping }, name: name);
        Format = summary.Files.Select(f => f.Format).FirstOrDefault(f => f is not null);
        var published = Published.FirstOrDefault(p => Format?.StartsWith(p.Format, StringComparison.Ordinal) == true);
        IsPublished = published.Source is not null;
        SourceName = options.Source ?? published.Source ?? Stem(name);
    }

    /// <summary>Reads all of it.</summary>
    public ReadSummary Read(IRecordSink sink, ReadOptions options, IProgress<double> share, CancellationToken interrupted)
    {
        long? total = content.CanSeek ? content.Length : null;
        using var whole = new Rejoined(beginning.AsMemory(0, length), content);
        return ImportFile.Read(whole, sink, options, new Share(total, share), name, interrupted);
    }

    public void Dispose() => content.Dispose();

    /// <summary>sdn.csv.gz is called sdn.</summary>
    private static string Stem(string file)
    {
        string stem = Path.GetFileNameWithoutExtension(file);
        return Path.GetExtension(file).ToUpperInvariant() is ".GZ" or ".ZIP" ? Path.GetFileNameWithoutExtension(stem) : stem;
    }

    private sealed class Share(long? total, IProgress<double> share) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
            if (total is > 0)
                share.Report(Math.Min(1, (double)value.BytesRead / total.Value));
        }
    }

    private sealed class Nothing : IRecordSink
    {
        public static Nothing Instance { get; } = new();

        public void Begin(ReadOnlySpan<char> key, Schema schema) { }

        public void Add(Property property, ReadOnlySpan<char> value) { }

        public void AddUtf8(Property property, ReadOnlySpan<byte> value) { }

        public void End() { }

        public void Reject(Rejection rejection) { }
    }

    /// <summary>The beginning that was looked at, then the rest.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> start = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (start.IsEmpty)
                return rest.Read(buffer);
            int taken = Math.Min(buffer.Length, start.Length);
            start.Span[..taken].CopyTo(buffer);
            start = start[taken..];
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
