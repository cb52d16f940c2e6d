namespace FourStrands.Picture.Memory;

/// <summary>The statements as packed columns, in order of arrival: 14 bytes each.</summary>
internal sealed class Statements
{
    /// <summary>The pseudo-property that says what kind of subject a record is; its value is the schema's number.</summary>
    public const ushort KindProperty = ushort.MaxValue;

    public readonly GrowingArray<int> Record = new(1024);
    public readonly GrowingArray<ushort> Property = new(1024);

    /// <summary>Number of the text; of the record, for a property of type entity; of the schema, for <see cref="KindProperty"/>.</summary>
    public readonly GrowingArray<int> Value = new(1024);
    public readonly GrowingArray<int> Label = new(1024);

    public int Count => Record.Count;

    public int Add(int record, ushort property, int value, int label)
    {
        Property.Add(property);
        Value.Add(value);
        Label.Add(label);
        return Record.Add(record);
    }

    public void Truncate(int count)
    {
        Record.Truncate(count);
        Property.Truncate(count);
        Value.Truncate(count);
        Label.Truncate(count);
    }
}
