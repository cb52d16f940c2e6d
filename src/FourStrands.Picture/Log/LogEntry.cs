using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FourStrands.Picture;

/// <summary>What kind of processing it was: those of the Data Protection Act 2018, section 62(1), and who came in.</summary>
public enum LogKind
{
    /// <summary>Something was brought in.</summary>
    Collection,

    /// <summary>Something was written or changed.</summary>
    Alteration,

    /// <summary>Something was looked for or looked at.</summary>
    Consultation,

    /// <summary>Something left the system in a file.</summary>
    Disclosure,

    /// <summary>Records were said to be, or not to be, of one subject.</summary>
    Combination,

    /// <summary>Something was erased.</summary>
    Erasure,

    /// <summary>Somebody signed in or failed to, or was given or lost a right.</summary>
    Access,
}

/// <summary>One thing that somebody did.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Who">Who: what they sign in with.</param>
/// <param name="Agency">For which agency; the log of each is its own.</param>
/// <param name="Act">What they did, in a word or two: search, consult, judge.</param>
/// <param name="Question">What they asked or gave; null if that was erased since.</param>
/// <param name="Records">What they were shown or changed.</param>
/// <param name="Label">Who may read this entry: those who may see all that who did it may see.</param>
public sealed record LogEntry(DateTimeOffset At, string Who, string Agency, string Act, string? Question, IReadOnlyList<RecordId> Records, Label Label)
{
    /// <summary>What kind of processing it was.</summary>
    public LogKind Kind => KindOf(Act);

    /// <summary>True if it was done under emergency access.</summary>
    public bool InEmergency { get; init; }

    private static LogKind KindOf(string act) =>
        act switch
        {
            "import" => LogKind.Collection,
            "judge" => LogKind.Combination,
            "export" or "export log" or "release" or Releases.ToldOfSearch or "disclose" or EmergencyReads.ToldOwner => LogKind.Disclosure,
            "erase" or ErasedEntries.Act => LogKind.Erasure,
            "take release back" or "watch" => LogKind.Alteration,
            _ when act.StartsWith("write ", StringComparison.Ordinal) => LogKind.Alteration,
            _ when Consultations.Contains(act) || act.StartsWith("list ", StringComparison.Ordinal) => LogKind.Consultation,
            _ => LogKind.Access,
        };

    private static readonly HashSet<string> Consultations = new(StringComparer.Ordinal)
    {
        "search",
        "suggest",
        "pointers",
        "consult",
        "connections",
        "possible matches",
        "judgements",
        "explain",
        "path",
        "screen",
        "sources",
        "rejections",
        "read",
        "read log",
        "preview erasure",
        "preview correction",
    };
}

/// <summary>
/// The bytes of an entry that its tree holds the hash of. The question goes in as a salted commitment: it can be erased, and the tree
/// still stands (SHA-256 of 16 random bytes and the text).
/// </summary>
internal static class LogHash
{
    public const int SaltBytes = 16;

    /// <summary>What stands for a question in the tree.</summary>
    public static byte[] Commitment(ReadOnlySpan<byte> salt, string question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(question));
        return hash.GetHashAndReset();
    }

    /// <summary>The hash of an entry as a leaf of its tree.</summary>
    public static byte[] Leaf(long at, string agency, string who, string act, string label, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // 0: a leaf (RFC 9162, 2.1.1); 1: the version of what follows.
        hash.AppendData([0, 1]);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, at);
        hash.AppendData(number);
        foreach (string text in (string[])[agency, who, act, label])
            Append(hash, Encoding.UTF8.GetBytes(text));
        hash.AppendData(commitment);
        Append(hash, records);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        // Its length first: no two entries are the same bytes.
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
