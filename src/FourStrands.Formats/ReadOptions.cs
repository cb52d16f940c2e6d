using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>How a file is read, and the limits that keep a hostile or damaged file from doing harm.</summary>
/// <remarks>
/// Files that belong together (OFAC's SDN, ADD, ALT and comments) are best read with one instance, SDN first: the later ones then know
/// what kind of subject each number is.
/// </remarks>
public sealed class ReadOptions
{
    /// <summary>For a table that is in no known format: what its columns mean.</summary>
    public TableMapping? Mapping { get; init; }

    /// <summary>Reads every file as this format (<see cref="IFormatReader.Name"/>), without detection; null detects.</summary>
    public string? Format { get; init; }

    /// <summary>The longest line, row or item, in bytes. A longer one is rejected without being held in memory.</summary>
    public int MaxLineBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest value, in bytes of UTF-8.</summary>
    public int MaxValueBytes { get; init; } = 1024 * 1024;

    /// <summary>How deep JSON may nest.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>How deep XML may nest.</summary>
    public int MaxXmlDepth { get; init; } = 64;

    /// <summary>How many files an archive may hold.</summary>
    public int MaxZipEntries { get; init; } = 1_000;

    /// <summary>How many times its packed size a file may unpack to, once it is larger than <see cref="ExpansionFreeBytes"/>.</summary>
    public int MaxExpansion { get; init; } = 200;

    /// <summary>Unpacked size up to which <see cref="MaxExpansion"/> is not looked at: small files of blanks pack well.</summary>
    public long ExpansionFreeBytes { get; init; } = 10L * 1024 * 1024;

    /// <summary>The most that all files of one call may unpack to.</summary>
    public long MaxUnpackedBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>The words that are read into.</summary>
    public Ontology Ontology { get; init; } = Ontology.Default;

    /// <summary>
    /// What kind of subject a key was said to be by a file read earlier in the same call. Files that only add to
    /// subjects (OFAC's ADD, ALT and comments) do not say it themselves.
    /// </summary>
    internal Dictionary<string, Schema> KindOf { get; } = [];
}

/// <summary>How far reading has come.</summary>
/// <param name="BytesRead">Bytes of the file as it lies on disk, packed if it is packed.</param>
/// <param name="BytesTotal">Its whole size, or null if not known.</param>
public readonly record struct ReadProgress(long BytesRead, long? BytesTotal);

/// <summary>What reading a file came to.</summary>
/// <param name="Files">The file, or each file of an archive in its order.</param>
public sealed record ReadSummary(IReadOnlyList<FileSummary> Files)
{
    /// <summary>Records in all files; one that was begun twice counts twice.</summary>
    public long Records => Files.Sum(file => file.Records);

    /// <summary>Values in all files.</summary>
    public long Values => Files.Sum(file => file.Values);

    /// <summary>Rejections in all files.</summary>
    public long Rejected => Files.Sum(file => file.Rejected);
}

/// <summary>What reading one file came to.</summary>
/// <param name="Name">Its name in the archive, or the file's own name; empty if it has none.</param>
/// <param name="Format">The format it was read as (<see cref="IFormatReader.Name"/>), or null if none fitted.</param>
/// <param name="Records">Records begun.</param>
/// <param name="Values">Values added.</param>
/// <param name="Rejected">Parts that could not be used.</param>
public sealed record FileSummary(string Name, string? Format, long Records, long Values, long Rejected);
