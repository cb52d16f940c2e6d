using System.IO.Compression;
using System.Text;

namespace FourStrands.Formats.Tests;

/// <summary>Packs small content written in a test.</summary>
internal static class Packed
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Gzip(string text) => Gzip(Utf8(text));

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>An archive. One written to a stream that cannot be sought says how long a file is only behind it.</summary>
    public static byte[] Zip(bool isSeekable, params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using Stream target = isSeekable ? packed : new Unseekable(packed);
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = archive.CreateEntry(name);
                if (name.EndsWith('/'))
                    continue;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }
        return packed.ToArray();
    }

    private sealed class Unseekable(Stream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);
    }
}
