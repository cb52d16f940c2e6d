using FourStrands.Formats.Content;
using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>Reads a file of any known format into a sink: unpacks it, tells its format, reads it.</summary>
public static class ImportFile
{
    private const int MostPackings = 3;

    /// <summary>Reads a file from disk.</summary>
    /// <inheritdoc cref="Read(Stream, IRecordSink, ReadOptions?, IProgress{ReadProgress}?, string, CancellationToken)"/>
    public static ReadSummary Read(
        string path,
        IRecordSink sink,
        ReadOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var before = content.CanSeek ? content.Length : 0;
        var name = Path.GetFileName(path);
        var summary = Read(content, sink, options, progress, name, cancellation);
        if (!content.CanSeek || new FileInfo(path) is not { Exists: true, Length: var after } || after == before)
            return summary;
        var reason =
            $"The file had {before:N0} bytes when reading began and has {after:N0} now: something is still writing it. Import it again when it is whole.";
        sink.Reject(new Rejection(0, "", $"{name}: {reason}", "") { EndsReading = true });
        return new ReadSummary([.. summary.Files, new FileSummary(name, null, 0, 0, 1)]);
    }

    /// <summary>
    /// Reads content from its present place to its end, as a stream: neither it nor what it unpacks to is held in memory or put on disk.
    /// Gzip and zip are unpacked; the files of an archive are read one after another.
    /// </summary>
    /// <param name="content">What to read. It need not be seekable, and is left open.</param>
    /// <param name="sink">Where the records go, and what could not be used.</param>
    /// <param name="options">Limits, and the mapping of a table.</param>
    /// <param name="progress">Told how much of <paramref name="content"/> has been read.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="cancellation">Stops the reading between two blocks.</param>
    public static ReadSummary Read(
        Stream content,
        IRecordSink sink,
        ReadOptions? options = null,
        IProgress<ReadProgress>? progress = null,
        string name = "",
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(sink);
        options ??= new ReadOptions();
        long? total = content.CanSeek ? content.Length - content.Position : null;
        var watched = new WatchedStream(content, total, progress, cancellation);
        var call = new Call(sink, options, cancellation);
        call.ReadAny(watched, () => watched.BytesRead, name, packings: 0);
        return new ReadSummary(call.Files);
    }

    private sealed class Call(IRecordSink sink, ReadOptions options, CancellationToken cancellation)
    {
        private readonly UnpackedTotal _total = new(options);
        private bool _isTooLarge;

        public List<FileSummary> Files { get; } = [];

        public void ReadAny(Stream content, Func<long> packedBytes, string name, int packings, bool isMember = false)
        {
            var (start, whole, _) = PrefixedStream.Peek(content, 4);
            var isGzip = start.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
            var isZip = start.Span.StartsWith("PK\x03\x04"u8) || start.Span.SequenceEqual("PK\x05\x06"u8);
            if (packings == MostPackings && (isGzip || isZip))
            {
                Refuse(name, $"The file is packed more than {MostPackings} times over. Unpack it first.");
            }
            else if (isGzip)
            {
                using var gzip = new UnpackedStream(Gzip.Open(whole), packedBytes, _total, options);
                ReadAny(gzip, packedBytes, name, packings + 1, isMember);
            }
            else if (isZip)
            {
                ReadArchive(whole, name, packings);
            }
            else
            {
                ReadOne(whole, name, isMember);
            }
        }

        private void ReadArchive(Stream content, string name, int packings)
        {
            using var entries = new ZipEntries(content);
            var count = 0;
            try
            {
                while (entries.Next())
                {
                    if (++count > options.MaxZipEntries)
                    {
                        Refuse(name, $"The archive holds more than {options.MaxZipEntries:N0} files; those after that were not read.");
                        return;
                    }
                    if (entries.Unreadable is { } why)
                    {
                        Refuse(entries.Name, why);
                        continue;
                    }
                    // What office programs and archivers leave behind says nothing.
                    if (entries.Name.StartsWith('.') || entries.Name.Length == 0)
                        continue;
                    var unpacked = new UnpackedStream(entries.Open(), () => entries.PackedBytes, _total, options);
                    ReadAny(unpacked, () => entries.PackedBytes, entries.Name, packings + 1, isMember: true);
                    if (entries.MustBeReadThrough && !_isTooLarge)
                        ReadThrough(unpacked, entries.Name);
                    if (_isTooLarge)
                        return;
                }
                if (count == 0)
                    Refuse(name, "The archive holds no files.");
            }
            catch (InvalidDataException damaged)
            {
                Refuse(name, $"{damaged.Message} What came before is kept.");
            }
        }

        private void ReadThrough(UnpackedStream rest, string name)
        {
            try
            {
                rest.CopyTo(Stream.Null);
            }
            catch (UnpackedTooLargeException tooLarge)
            {
                _isTooLarge = true;
                Refuse(name, tooLarge.Message);
            }
        }

        private void ReadOne(Stream content, string name, bool isMember)
        {
            var counted = new CountingSink(sink, name, isMember);
            IFormatReader? reader = null;
            try
            {
                using var text = TextContent.AsUtf8(content);
                var (start, whole, isAll) = PrefixedStream.Peek(text, FormatSample.Size);
                var sample = new FormatSample(start, isAll);
                // Damaged so early that what is left of it looks like nothing: reading on says how.
                if (!isAll && start.Length < FormatSample.Size && (start.IsEmpty || FormatDetector.Detect(sample) is null))
                    whole.CopyTo(Stream.Null);
                reader = Choose(sample, counted);
                reader?.Read(whole, counted, options, progress: null, cancellation);
                if (reader is not null && counted.Records == 0 && counted.Rejected == 0)
                    counted.Reject(
                        new Rejection(0, "", $"There are no records in it. It was read as {reader.Name}; check that it is whole.", "") { EndsReading = true }
                    );
            }
            catch (UnpackedTooLargeException tooLarge)
            {
                _isTooLarge = true;
                counted.Abandon(new Rejection(0, "", $"{tooLarge.Message} What came before is kept.", "") { EndsReading = true });
            }
            catch (InvalidDataException damaged)
            {
                counted.Abandon(new Rejection(0, "", $"{damaged.Message} What came before is kept.", "") { EndsReading = true });
            }
            Files.Add(new FileSummary(name, reader?.Name, counted.Records, counted.Values, counted.Rejected));
        }

        private IFormatReader? Choose(FormatSample sample, CountingSink counted)
        {
            if (sample is { Content.IsEmpty: true, IsWhole: true })
            {
                counted.Reject(new Rejection(0, "", "The file is empty.", "") { EndsReading = true });
                return null;
            }
            if (options.Mapping is { } mapping)
                return new Tables.TableReader(mapping);
            if (options.Format is { } wanted)
            {
                return FormatReaders.Named(wanted)
                    ?? throw new NotSupportedException(
                        $"There is no format “{wanted}”. The formats are: {string.Join(", ", FormatReaders.All.Select(known => known.Name))}."
                    );
            }
            var reader = FormatDetector.Detect(sample);
            if (reader is null)
                counted.Reject(new Rejection(0, "", FormatDetector.Unknown(sample), Text.Excerpts.Of(sample.Content.Span)) { EndsReading = true });
            return reader;
        }

        private void Refuse(string name, string reason)
        {
            sink.Reject(new Rejection(0, "", Named(name, reason), "") { EndsReading = true });
            Files.Add(new FileSummary(name, null, 0, 0, 1));
        }
    }

    private static string Named(string name, string reason) => name.Length == 0 ? reason : $"{name}: {reason}";

    /// <summary>
    /// Passes everything on and counts it. Says which file a rejection is of where that is not plain: of the files of an archive, and where it is of a
    /// file as a whole.
    /// </summary>
    private sealed class CountingSink(IRecordSink sink, string name, bool isMember) : IRecordSink
    {
        private bool _isOpen;

        public long Records { get; private set; }

        public long Values { get; private set; }

        public long Rejected { get; private set; }

        public void Begin(ReadOnlySpan<char> key, Schema schema)
        {
            Records++;
            _isOpen = true;
            sink.Begin(key, schema);
        }

        public void Add(Property property, ReadOnlySpan<char> value)
        {
            Values++;
            sink.Add(property, value);
        }

        public void AddUtf8(Property property, ReadOnlySpan<byte> value)
        {
            Values++;
            sink.AddUtf8(property, value);
        }

        public void End()
        {
            _isOpen = false;
            sink.End();
        }

        public void Reject(Rejection rejection)
        {
            Rejected++;
            sink.Reject(isMember || rejection.Line == 0 ? rejection with { Reason = Named(name, rejection.Reason) } : rejection);
        }

        // Ends the record that was being read, if any, so that the sink is left in order.
        public void Abandon(Rejection rejection)
        {
            if (_isOpen)
                End();
            Reject(rejection);
        }
    }
}
