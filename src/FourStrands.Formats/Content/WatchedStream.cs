namespace FourStrands.Formats.Content;

/// <summary>Counts what is read, tells how far it has come after each mebibyte, and stops when asked to.</summary>
internal sealed class WatchedStream(Stream content, long? total, IProgress<ReadProgress>? progress, CancellationToken cancellation) : ForwardStream
{
    private const long Step = 1024 * 1024;
    private long _told;

    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        var read = content.Read(buffer);
        BytesRead += read;
        if (progress is not null && (BytesRead - _told >= Step || (read == 0 && _told != BytesRead)))
        {
            _told = BytesRead;
            progress.Report(new ReadProgress(BytesRead, total));
        }
        return read;
    }
}

/// <summary>How much all files of one call have unpacked to so far.</summary>
internal sealed class UnpackedTotal(ReadOptions options)
{
    private long _bytes;

    public void Add(int read)
    {
        _bytes += read;
        if (_bytes > options.MaxUnpackedBytes)
        {
            throw new UnpackedTooLargeException(
                $"The content unpacks to more than {options.MaxUnpackedBytes:N0} bytes. Split it, or raise the limit if you trust where it came from."
            );
        }
    }
}

/// <summary>Unpacked content that must not grow out of proportion to its packed size.</summary>
internal sealed class UnpackedStream(Stream content, Func<long> packedBytes, UnpackedTotal total, ReadOptions options) : ForwardStream
{
    private long _bytes;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = content.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException("The packed data is damaged or cut off.", damaged);
        }
        _bytes += read;
        total.Add(read);
        if (_bytes > options.ExpansionFreeBytes && _bytes / options.MaxExpansion > Math.Max(packedBytes(), 1))
        {
            throw new UnpackedTooLargeException($"The content unpacks to more than {options.MaxExpansion} times its packed size, as files made to do harm do.");
        }
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Unpacking went beyond a limit.</summary>
internal sealed class UnpackedTooLargeException(string message) : Exception(message);
