using System.Runtime.InteropServices;

namespace FourStrands.Linkage;

/// <summary>What sort of word a name part is.</summary>
[Flags]
internal enum PartFlags
{
    None = 0,

    /// <summary>al, bin, van: says little.</summary>
    Particle = 1,

    /// <summary>One letter that may stand for a name.</summary>
    Initial = 2,

    /// <summary>A company's legal form, already brought to one spelling.</summary>
    Form = 4,

    /// <summary>A word that many organisations' names share.</summary>
    Ordinary = 8,

    /// <summary>Holds a digit, or is a Roman numeral in an organisation's name.</summary>
    Number = 16,

    /// <summary>Written without vowels (Arabic, Hebrew): compared by its consonants.</summary>
    Vowelless = 32,
}

/// <summary>Whether a word is known as a given name, and whose.</summary>
internal enum Given
{
    No = 0,
    Male = 1,
    Female = 2,

    /// <summary>A given name of both.</summary>
    Either = 3,
}

/// <summary>Which of two bearers of one name somebody is.</summary>
internal enum Standing
{
    None = 0,
    Elder = 1,
    Younger = 2,
}

/// <summary>One word of a name, packed in sixteen bytes; its letters are in the subject's text.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NamePart(uint hash, uint skeleton, uint facts, uint place)
{
    public readonly uint Hash = hash;
    public readonly uint Skeleton = skeleton;
    private readonly uint facts = facts;
    private readonly uint place = place;

    public int Offset => (int)(place >> 8);

    /// <summary>Whose given name it usually is.</summary>
    public Given Given => (Given)((place >> 6) & 3);

    public int Length => (int)(place & 63);

    public PartFlags Flags => (PartFlags)(facts & 63);

    /// <summary>How much sharing this part says, in thousandths of a bit.</summary>
    public int Weight => (int)((facts >> 6) & 63) * 250;

    /// <summary>The groups of nicknames it belongs to, or 0.</summary>
    public int Group => (int)((facts >> 12) & 1023);

    public int SecondGroup => (int)(facts >> 22);

    public static uint Facts(PartFlags flags, int weight, int group, int second) =>
        (uint)flags | ((uint)Math.Clamp((weight + 125) / 250, 0, 63) << 6) | ((uint)group << 12) | ((uint)second << 22);

    public static uint Place(int offset, int length, Given given = Given.No) => ((uint)offset << 8) | ((uint)given << 6) | (uint)length;

    public bool SharesGroup(in NamePart other) =>
        (Group != 0 && (Group == other.Group || Group == other.SecondGroup))
        || (SecondGroup != 0 && (SecondGroup == other.Group || SecondGroup == other.SecondGroup));

    public NamePart At(int offset) => new(Hash, Skeleton, facts, Place(offset, Length, Given));

    public NamePart As(PartFlags flags, int weight) => new(Hash, Skeleton, (facts & ~0xFFFu) | Facts(flags, weight, 0, 0), place);

    public NamePart As(PartFlags flags, int weight, uint canonical) => new(canonical, canonical, Facts(flags, weight, 0, 0), place);
}
