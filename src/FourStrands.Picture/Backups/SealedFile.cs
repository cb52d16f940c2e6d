using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FourStrands.Picture.Backups;

/// <summary>
/// An encrypted file: AES-256-GCM in chunks. A chunk's nonce is its place and whether it is the last, under a key that is this file's alone,
/// so chunks cannot be changed, moved, left out, added, or taken from another file; the beginning is part of what the key is made of.
/// Layout: words that name the format (21 bytes), kind of key (1), iterations (4), salt (32), check of the key (32); then chunks of
/// 64 KiB, each with its tag (16) after it; the last may be shorter.
/// </summary>
internal static class SealedFile
{
    private const int ChunkBytes = 64 << 10;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int SaltBytes = 32;
    private const int CheckBytes = 32;

    private static ReadOnlySpan<byte> Format => "fourstrands-backup-1\n"u8;

    private static int HeadBytes => Format.Length + 1 + 4 + SaltBytes;

    private static void Nonce(Span<byte> nonce, long place, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce, place);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }

    /// <summary>Writes one. Only <see cref="Finish"/> makes it whole.</summary>
    public sealed class Writer : Stream
    {
        private readonly Stream to;
        private readonly AesGcm cipher;
        private readonly byte[] plain = new byte[ChunkBytes];
        private readonly byte[] hidden = new byte[ChunkBytes + TagBytes];
        private int used;
        private long place;

        public Writer(Stream to, BackupKey key)
        {
            this.to = to;
            var head = new byte[HeadBytes];
            Format.CopyTo(head);
            head[Format.Length] = key.IsPassphrase ? (byte)1 : (byte)2;
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Format.Length + 1), BackupKey.Iterations);
            var salt = head.AsSpan(Format.Length + 5);
            RandomNumberGenerator.Fill(salt);
            var (own, check) = key.Derive(head, salt, BackupKey.Iterations);
            cipher = new AesGcm(own, TagBytes);
            to.Write(head);
            to.Write(check);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                // A full chunk waits until there is more: the last one is sealed as the last.
                if (used == ChunkBytes)
                    Seal(last: false);
                int now = Math.Min(buffer.Length, ChunkBytes - used);
                buffer[..now].CopyTo(plain.AsSpan(used));
                used += now;
                buffer = buffer[now..];
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        /// <summary>Seals the end.</summary>
        public void Finish() => Seal(last: true);

        private void Seal(bool last)
        {
            Span<byte> nonce = stackalloc byte[NonceBytes];
            Nonce(nonce, place++, last);
            cipher.Encrypt(nonce, plain.AsSpan(0, used), hidden.AsSpan(0, used), hidden.AsSpan(used, TagBytes));
            to.Write(hidden, 0, used + TagBytes);
            used = 0;
        }

        public override void Flush() { }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(plain);
            base.Dispose(disposing);
        }
    }

    /// <summary>Reads one; nothing is handed out that was not proved to be what was written at that place.</summary>
    public sealed class Reader : Stream
    {
        private readonly Stream from;
        private readonly AesGcm cipher;
        private readonly byte[] plain = new byte[ChunkBytes];
        private readonly byte[] hidden = new byte[ChunkBytes + TagBytes + 1];
        private int ahead;
        private int at;
        private int used;
        private long place;
        private bool ended;

        /// <exception cref="BackupException">It is not a backup, or the key does not fit.</exception>
        public Reader(Stream from, BackupKey key)
        {
            this.from = from;
            var head = new byte[HeadBytes + CheckBytes];
            int read = from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (!head.AsSpan(0, Format.Length).SequenceEqual(Format))
                throw new BackupException("This is not a backup that FourStrands made. Give the file that 'fourstrands backup' wrote.");
            if (read < head.Length)
                throw new BackupException("The backup was cut off: it ends in its first lines. Use another copy of it.");
            byte kind = head[Format.Length];
            if (kind is not (1 or 2))
                throw new BackupException("The backup's beginning was damaged: it does not say what kind of key it has. Use another copy of it.");
            if (kind == 1 != key.IsPassphrase)
            {
                throw new BackupException(
                    key.IsPassphrase
                        ? "The backup was made with a key file, not with a passphrase. Give it with --key-file."
                        : "The backup was made with a passphrase, not with a key file. Give it with --passphrase-file, or type it."
                );
            }
            int iterations = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(Format.Length + 1));
            var (own, check) = key.Derive(head.AsSpan(0, HeadBytes), head.AsSpan(Format.Length + 5, SaltBytes), iterations);
            if (!CryptographicOperations.FixedTimeEquals(check, head.AsSpan(HeadBytes)))
            {
                throw new BackupException(
                    $"The {(key.IsPassphrase ? "passphrase" : "key")} is not the one that this backup was made with, or the backup's beginning was damaged. Try the right one, then another copy of the file."
                );
            }
            cipher = new AesGcm(own, TagBytes);
        }

        public override int Read(Span<byte> buffer)
        {
            if (at == used && !Next())
                return 0;
            int now = Math.Min(buffer.Length, used - at);
            plain.AsSpan(at, now).CopyTo(buffer);
            at += now;
            return now;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        private bool Next()
        {
            if (ended)
                return false;
            // One byte more than a chunk: whether there is one says whether this is the last.
            int read = ahead + from.ReadAtLeast(hidden.AsSpan(ahead), hidden.Length - ahead, throwOnEndOfStream: false);
            ended = read < hidden.Length;
            int sealedBytes = ended ? read : read - 1;
            used = sealedBytes - TagBytes;
            at = 0;
            Span<byte> nonce = stackalloc byte[NonceBytes];
            Nonce(nonce, place++, ended);
            try
            {
                if (used < 0)
                    throw Damaged(null);
                cipher.Decrypt(nonce, hidden.AsSpan(0, used), hidden.AsSpan(used, TagBytes), plain.AsSpan(0, used));
            }
            catch (CryptographicException problem)
            {
                throw Damaged(problem);
            }
            ahead = ended ? 0 : 1;
            if (!ended)
                hidden[0] = hidden[read - 1];
            return used > 0 || Next();
        }

        private BackupException Damaged(Exception? problem) =>
            new($"The backup was damaged or cut off: what begins at byte {PlaceInFile} is not what was written there. Use another copy of it.", problem);

        private long PlaceInFile => HeadBytes + CheckBytes + ((place - 1) * (ChunkBytes + TagBytes));

        public override void Flush() { }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(plain);
            base.Dispose(disposing);
        }
    }
}
