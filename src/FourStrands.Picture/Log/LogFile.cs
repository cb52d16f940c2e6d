using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>What became of proving a log.</summary>
/// <param name="Agency">Whose log it is; empty if that cannot be read.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Erased">Of how many the question was erased; that they were made, when and by whom still stands.</param>
/// <param name="Key">The key it was signed with, in short.</param>
/// <param name="Problem">What is wrong, in a sentence; null if the log is whole and as it was signed.</param>
public sealed record LogProof(string Agency, long Entries, long Erased, string Key, string? Problem)
{
    /// <summary>
    /// True if nothing wrong was found and nothing proved: the checkpoint counts more entries than the file, and was signed after it. <see cref="Problem"/> says what to do.
    /// </summary>
    public bool IsOpen { get; init; }
}

/// <summary>
/// A whole log as a file that can be proved anywhere: a line of JSON with the checkpoint and the public key, then a line for each entry,
/// in order.
/// </summary>
public static class LogFile
{
    private const string Format = "fourstrands-log-1";

    /// <summary>The most bytes of a line: one entry can name a million records.</summary>
    private const int LongestLine = 128 << 20;

    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 4,
        // No page: what is written in it stays readable, and base 64 the same length.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A key in short: half of its SHA-256, in hexadecimal digits by fours.</summary>
    public static string InShort(ReadOnlySpan<byte> publicKey)
    {
        string digits = Convert.ToHexStringLower(SHA256.HashData(publicKey)[..16]);
        return string.Join(' ', Enumerable.Range(0, 8).Select(i => digits.Substring(i * 4, 4)));
    }

    /// <summary>
    /// Proves that a log is whole and in order, and as it was signed. Needs nothing but the file; to prove that nothing that was there earlier was changed
    /// since, give a checkpoint of that time.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="earlier">A checkpoint that was kept; null for none.</param>
    public static LogProof Verify(Stream file, Checkpoint? earlier = null)
    {
        long entries = 0;
        var erased = new ErasedEntries();
        string agency = "",
            keyInShort = "";
        var lines = new Lines(file);
        try
        {
            if (lines.Next() is not { } first || !first.StartsWith($"{{\"format\":\"{Format}\"", StringComparison.Ordinal))
                return Wrong("This is not a log of FourStrands: the first line does not say so.");
            var header = Parse<Header>(first);
            if (header.Checkpoint is null || header.PublicKey is null)
                throw new LineException("it names no checkpoint, or no key.");
            var checkpoint = Checkpoint.Parse(header.Checkpoint);
            agency = checkpoint.Agency;
            byte[] publicKey = Convert.FromBase64String(header.PublicKey);
            keyInShort = InShort(publicKey);
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            if (!checkpoint.IsSignedBy(key))
                return Wrong("The checkpoint was not signed with the key that the file names: one of the two was changed.");
            if (earlier is not null && earlier.Agency != agency)
                return Wrong($"The earlier checkpoint is of the log of {earlier.Agency}, and this is the log of {agency}.");
            if (earlier is not null && !earlier.IsSignedBy(key))
                return Wrong("The earlier checkpoint was signed with another key. Ask who runs the store when the key was changed: the log says it too.");
            var tree = new MerkleTree();
            bool earlierStands = earlier is null;
            Compare();
            while (lines.Next() is { } line)
            {
                var row = Parse<Row>(line).Kept();
                entries++;
                erased.Take(row);
                tree.Add(row.Leaf(agency));
                Compare();
            }
            if (entries < checkpoint.Size)
                return Wrong($"There are {entries} entries, and {checkpoint.Size} were signed: some were taken away.");
            if (entries > checkpoint.Size)
                return Wrong($"There are {entries} entries, and {checkpoint.Size} were signed: some were added.");
            if (!tree.Root.AsSpan().SequenceEqual(checkpoint.Root))
                return Wrong("The entries are not those that were signed: one was changed, or their order was.");
            if (erased.Unexplained() is { } blank)
                return Wrong(
                    $"Line {blank + 2} lacks what was asked, and no entry of the log tells that it was erased: it was taken out of this file, or of the store."
                );
            if (!earlierStands)
            {
                if (earlier!.Size <= entries)
                    return Wrong("What was there at the earlier checkpoint was changed since, and signed anew.");
                // Signed before the file was and yet longer: nothing but a cut explains that.
                return earlier.At < checkpoint.At
                    ? Wrong($"At the earlier checkpoint there were {earlier.Size} entries, and now there are {entries}: some were taken away.")
                    : Wrong(
                        $"The checkpoint counts {earlier.Size} entries and is newer than the file, which has {entries}. Either the checkpoint was made after the log was taken out, or the newest entries were cut off and an older signature put in: this file cannot tell. Take the log out again, and prove the new file with the same checkpoint."
                    ) with
                    {
                        IsOpen = true,
                    };
            }
            return new LogProof(agency, entries, erased.Count, keyInShort, null);

            void Compare()
            {
                if (!earlierStands && tree.Size == earlier!.Size)
                    earlierStands = tree.Root.AsSpan().SequenceEqual(earlier.Root);
            }
        }
        catch (LineException problem)
        {
            return Wrong($"Line {lines.Number} cannot be read: {problem.Message}");
        }
        catch (Exception problem)
            when (problem is FormatException or JsonException or CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            return Wrong($"Line {lines.Number} cannot be read: it is not written as a log's lines are. It was changed, or damaged on its way.");
        }

        LogProof Wrong(string problem) => new(agency, entries, erased.Count, keyInShort, problem);
    }

    /// <summary>Reads a line. One that means the same but is written otherwise was not written here: every byte counts.</summary>
    private static T Parse<T>(string line)
        where T : class
    {
        var content = JsonSerializer.Deserialize<T>(line, Json);
        return content is not null && JsonSerializer.Serialize(content, Json) == line ? content : throw new FormatException("It is written otherwise.");
    }

    /// <summary>What is wrong with a line, in words for people.</summary>
    private sealed class LineException(string message) : FormatException(message);

    /// <summary>The lines of a file, one after the other: by bytes, so that what cannot be read is found in its own line.</summary>
    private sealed class Lines(Stream file)
    {
        private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

        private readonly byte[] buffer = new byte[1 << 16];
        private int start;
        private int end;

        /// <summary>Which line was read last, or is being read; the first is 1.</summary>
        public long Number { get; private set; }

        public string? Next()
        {
            Number++;
            using var line = new MemoryStream();
            while (true)
            {
                int length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                line.Write(buffer, start, length < 0 ? end - start : length);
                if (line.Length > LongestLine)
                    throw new LineException("it is longer than any entry.");
                if (length >= 0)
                {
                    start += length + 1;
                    return Strict.GetString(line.GetBuffer(), 0, (int)line.Length);
                }
                (start, end) = (0, file.Read(buffer));
                if (end == 0)
                    return line.Length > 0 ? throw new LineException("it does not end. The file was cut off.") : null;
            }
        }
    }

    /// <summary>Writes one.</summary>
    internal sealed class Writer(Stream to) : IDisposable
    {
        public void Begin(Checkpoint checkpoint, byte[] publicKey) => Write(new Header(Format, checkpoint.ToString(), Convert.ToBase64String(publicKey)));

        public void Add(LoggedRow row) => Write(Row.Of(row));

        public void Dispose() => to.Flush();

        private void Write<T>(T content)
        {
            JsonSerializer.Serialize(to, content, Json);
            to.WriteByte((byte)'\n');
        }
    }

    private sealed record Header(string Format, string Checkpoint, string PublicKey);

    private sealed record Row(string At, string Who, string Act, string? Question, byte[]? Salt, byte[]? Commitment, string[] Records, string Label)
    {
        public static Row Of(LoggedRow row)
        {
            var records = new string[row.Records.Length / 16];
            for (int i = 0; i < records.Length; i++)
                records[i] = RecordId.Read(row.Records.AsSpan(i * 16, 16)).ToString();
            return new Row(
                DateTimeOffset.FromUnixTimeMilliseconds(row.At).UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture),
                row.Who,
                row.Act,
                row.Question,
                row.Salt,
                row.Commitment,
                records,
                row.Label
            );
        }

        public LoggedRow Kept()
        {
            if (Who is null || Act is null || Label is null || Records is null)
                throw new LineException("an entry says who, what, which records and under which label.");
            if (Question is null ? Commitment?.Length != MerkleTree.HashBytes : Salt?.Length != LogHash.SaltBytes)
                throw new LineException("an entry has a question with its salt, or what stands for it.");
            var at = DateTimeOffset.ParseExact(At, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            var records = new byte[Records.Length * 16];
            for (int i = 0; i < Records.Length; i++)
                System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(records.AsSpan(i * 16), RecordId.Parse(Records[i], null).Value);
            return new LoggedRow(at.ToUnixTimeMilliseconds(), Who, Act, Question, Salt, Commitment, records, Label);
        }
    }
}
