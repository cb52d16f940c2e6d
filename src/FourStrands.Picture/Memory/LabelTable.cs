namespace FourStrands.Picture.Memory;

/// <summary>Every distinct label once, as a small number. Number 0 is nobody's: what is being imported, or was withdrawn.</summary>
internal sealed class LabelTable
{
    /// <summary>The label that no viewer has: not (or no longer) part of any view.</summary>
    public const int Nobody = 0;

    private readonly List<Label?> labels = [null];
    private readonly Dictionary<Label, int> numbers = [];

    public int Count => labels.Count;

    public Label this[int number] => labels[number] ?? throw new InvalidOperationException("What nobody may see has no label to show.");

    /// <summary>The number of a label that is known.</summary>
    public bool TryFind(Label label, out int number) => numbers.TryGetValue(label, out number);

    public int Intern(Label label)
    {
        if (numbers.TryGetValue(label, out int number))
            return number;
        labels.Add(label);
        numbers.Add(label, labels.Count - 1);
        return labels.Count - 1;
    }

    /// <summary>One bit for each label: may the viewer see it, and everybody of an audience, if one is given?</summary>
    public ulong[] Sight(Viewer viewer, Label? audience)
    {
        var bits = new ulong[(labels.Count + 63) / 64];
        for (int i = 1; i < labels.Count; i++)
        {
            if (viewer.MaySee(labels[i]!) && audience?.Implies(labels[i]!) != false)
                bits[i >> 6] |= 1UL << (i & 63);
        }
        return bits;
    }
}
