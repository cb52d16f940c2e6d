using System.Runtime.InteropServices;

namespace FourStrands.Linkage;

/// <summary>
/// A record's values, prepared once for being compared many times. Immutable and compact: one array of whole numbers that
/// the comparison reads, and one of bytes that holds the letters of name parts and the values as they were written.
/// </summary>
public sealed partial class Subject
{
    private readonly int[] words;
    private readonly byte[] text;
    private readonly Layout layout;

    private Subject(SubjectKind kind, byte genders, int[] words, byte[] text, in Layout layout)
    {
        Kind = kind;
        Genders = genders;
        this.words = words;
        this.text = text;
        this.layout = layout;
    }

    /// <summary>What it is.</summary>
    public SubjectKind Kind { get; }

    /// <summary>Bit 1 male, bit 2 female, bit 4 other; bits 8 and 16: male and female as the given names have it.</summary>
    internal byte Genders { get; }

    /// <summary>Sorted by <see cref="PreparedName.Hash"/>, so that equal names are found by walking both lists once.</summary>
    internal ReadOnlySpan<PreparedName> Names => MemoryMarshal.Cast<int, PreparedName>(words.AsSpan(0, layout.Names * PreparedName.Words));

    internal ReadOnlySpan<NamePart> Parts => MemoryMarshal.Cast<int, NamePart>(words.AsSpan(layout.Names * PreparedName.Words, layout.Parts * 4));

    internal ReadOnlySpan<PreparedIdentifier> Identifiers =>
        MemoryMarshal.Cast<int, PreparedIdentifier>(
            words.AsSpan((layout.Names * PreparedName.Words) + (layout.Parts * 4), layout.Identifiers * PreparedIdentifier.Words)
        );

    internal ReadOnlySpan<int> Dates => words.AsSpan(Rest, layout.Dates);

    internal ReadOnlySpan<int> Countries => words.AsSpan(Rest + layout.Dates, layout.Countries);

    /// <summary>For each address: its length and value, then the hashes of its words in ascending order.</summary>
    internal ReadOnlySpan<int> Addresses => words.AsSpan(Rest + layout.Dates + layout.Countries, layout.Addresses);

    internal ReadOnlySpan<int> BirthPlaces => words.AsSpan(Rest + layout.Dates + layout.Countries + layout.Addresses, layout.BirthPlaces);

    internal ReadOnlySpan<byte> Text => text;

    private int Rest => (layout.Names * PreparedName.Words) + (layout.Parts * 4) + (layout.Identifiers * PreparedIdentifier.Words);

    /// <summary>The value as it was written, in UTF-8.</summary>
    internal ReadOnlySpan<byte> WrittenBytes(int value)
    {
        var at = layout.Values;
        for (var i = 0; i < value; i++)
            at += 1 + text[at];
        return text.AsSpan(at + 1, text[at]);
    }

    /// <summary>The value as it was written (its beginning, when it is very long).</summary>
    internal string Written(int value) => System.Text.Encoding.UTF8.GetString(WrittenBytes(value));

    /// <summary>How many of each there are.</summary>
    private readonly record struct Layout(
        int Names,
        int Parts,
        int Values,
        ushort Identifiers,
        ushort Dates,
        ushort Countries,
        ushort Addresses,
        ushort BirthPlaces
    );
}

/// <summary>A name's place among the parts.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PreparedName(ulong hash, ulong signature, int first, byte count, NameUse use, int value, uint whole, Standing standing)
{
    public const int Words = 8;

    private readonly uint hashLow = (uint)hash;
    private readonly uint hashHigh = (uint)(hash >> 32);
    private readonly uint signatureLow = (uint)signature;
    private readonly uint signatureHigh = (uint)(signature >> 32);
    public readonly int First = first;
    private readonly int counts = count | ((int)use << 8) | ((int)standing << 16);

    /// <summary>The value it was written in; a name put together of two values has the second in the upper half.</summary>
    public readonly int Value = value;

    /// <summary>The whole name as it is written, but for case, marks and signs.</summary>
    public readonly uint Whole = whole;

    public ulong Hash => ((ulong)hashHigh << 32) | hashLow;

    /// <summary>One bit for each sound of each part: names that share few bits are not alike.</summary>
    public ulong Signature => ((ulong)signatureHigh << 32) | signatureLow;

    public int Count => counts & 255;

    public NameUse Use => (NameUse)((counts >> 8) & 255);

    public Standing Standing => (Standing)(counts >> 16);
}

/// <summary>How a name may be used.</summary>
internal enum NameUse : byte
{
    Full,
    Weak,
    FamilyLast,
    Half,
}

/// <summary>An identifier's hash, kind and country.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PreparedIdentifier(ulong hash, Field field, int country, int value)
{
    public const int Words = 3;

    private readonly uint low = (uint)hash;
    private readonly uint high = (uint)(hash >> 32);
    private readonly uint facts = (uint)field | ((uint)country << 5) | ((uint)value << 16);

    public ulong Hash => ((ulong)high << 32) | low;

    public Field Field => (Field)(facts & 31);

    public int Country => (int)((facts >> 5) & 1023) | 0;

    public int Value => (int)(facts >> 16);
}
