using System.Runtime.CompilerServices;

namespace FourStrands.Picture.Memory;

/// <summary>
/// A statement as the engine holds it: 16 bytes, so that its label comes with it from memory and testing it costs next to nothing.
/// </summary>
internal struct Statement
{
    /// <summary>Whose it is.</summary>
    public int Record;

    /// <summary>Number of the text; of the record, for a property of type entity; of the schema, for <see cref="Statements.KindProperty"/>.</summary>
    public int Value;

    public int Label;

    public ushort Property;
}

/// <summary>The statements in order of arrival.</summary>
internal sealed class Statements
{
    /// <summary>The pseudo-property that says what kind of subject a record is; its value is the schema's number.</summary>
    public const ushort KindProperty = ushort.MaxValue;

    private Statement[] rows = new Statement[1024];

    public int Count { get; private set; }

    public ref Statement this[int statement]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref rows[statement];
    }

    public int Add(int record, ushort property, int value, int label)
    {
        if (Count == rows.Length)
            Array.Resize(ref rows, rows.Length + (rows.Length >> 1));
        rows[Count] = new Statement
        {
            Record = record,
            Value = value,
            Label = label,
            Property = property,
        };
        return Count++;
    }
}
