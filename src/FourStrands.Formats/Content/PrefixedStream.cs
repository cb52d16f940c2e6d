namespace FourStrands.Formats.Content;

/// <summary>Puts bytes that were looked at in front of the stream they were taken from. Closing it leaves that stream open.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest, string? broken = null) : ForwardStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override int Read(Span<byte> buffer)
    {
        if (_prefix.IsEmpty)
            return broken is null ? rest.Read(buffer) : throw new InvalidDataException(broken);
        var length = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..length].CopyTo(buffer);
        _prefix = _prefix[length..];
        return length;
    }

    /// <summary>
    /// Reads up to <paramref name="size"/> bytes and gives them back with a stream that begins with them. Damage that is met is
    /// thrown when the stream comes to it.
    /// </summary>
    public static (ReadOnlyMemory<byte> Start, Stream Whole, bool IsAll) Peek(Stream content, int size)
    {
        var start = new byte[size];
        var length = 0;
        string? broken = null;
        try
        {
            while (length < size)
            {
                var read = content.Read(start, length, size - length);
                if (read == 0)
                    break;
                length += read;
            }
        }
        catch (InvalidDataException damaged)
        {
            broken = damaged.Message;
        }
        var memory = start.AsMemory(0, length);
        return (memory, new PrefixedStream(memory, content, broken), length < size && broken is null);
    }
}

/// <summary>A stream that is only read, from its beginning to its end.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<int>(cancellationToken) : Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
