using FourStrands.Linkage;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture.Matches;

/// <summary>Everything that is published, whoever may see it: for building indexes, never for an answer.</summary>
internal readonly struct PublishedSight : ISight
{
    public bool Sees(int label) => label != LabelTable.Nobody;
}

/// <summary>Some of a few labels: for working out a verdict's table.</summary>
internal readonly struct SubsetSight(int[] labels, int mask) : ISight
{
    public bool Sees(int label)
    {
        int at = Array.IndexOf(labels, label);
        return at >= 0 && ((mask >> at) & 1) != 0;
    }
}

/// <summary>What linkage compares: a record's kind and values, so far as they are seen.</summary>
internal static class Profiles
{
    /// <summary>The kind that a record's seen statements agree on; null if none is seen.</summary>
    public static Schema? SchemaOf<TSight>(Engine engine, TSight sight, int record)
        where TSight : struct, ISight
    {
        Schema? first = null;
        List<Schema>? several = null;
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (engine.Statements[s].Property != Statements.KindProperty || !sight.Sees(engine.Statements[s].Label))
                continue;
            var kind = engine.Ontology.Schemata[engine.Statements[s].Value];
            first ??= kind;
            if (kind != first)
                (several ??= [first]).Add(kind);
        }
        if (several is null)
            return first;
        // Taken together: one after another, the outcome would depend on the order in which they came.
        // LegalEntity says least (somebody, person or body) and gives way to whatever else is said.
        return several
            .Where(kind => !several.Exists(other => other != kind && other.Is(kind)))
            .OrderBy(kind => kind.Name == "LegalEntity")
            .ThenBy(kind => kind.Name, StringComparer.Ordinal)
            .First();
    }

    /// <summary>Of two kinds the one that is a kind of the other; if neither is, the first by name, so that order does not matter.</summary>
    public static Schema MoreSpecific(Schema? left, Schema right)
    {
        if (left is null || right.Is(left))
            return right;
        if (left.Is(right))
            return left;
        if (left.Name == "LegalEntity" || right.Name == "LegalEntity")
            return left.Name == "LegalEntity" ? right : left;
        return string.CompareOrdinal(left.Name, right.Name) <= 0 ? left : right;
    }

    /// <summary>Collects what is seen and compared, in an order that depends on the values alone.</summary>
    public static SubjectKind Gather<TSight>(Engine engine, TSight sight, int record, List<FieldValue> values)
        where TSight : struct, ISight
    {
        values.Clear();
        var schema = SchemaOf(engine, sight, record);
        if (schema is null)
            return SubjectKind.None;
        var kind = engine.Fields.Kind(schema.Number);
        if (kind == SubjectKind.None)
            return kind;
        string? jurisdiction = null;
        bool several = false;
        foreach (int s in engine.Records.StatementsOf(record))
        {
            ushort property = engine.Statements[s].Property;
            if (!engine.Fields.TryField(property, out var field) || !sight.Sees(engine.Statements[s].Label))
                continue;
            string text = engine.Texts.Text(engine.Statements[s].Value);
            values.Add(new FieldValue(field, text));
            if (engine.Ontology.Properties[property].Name == "jurisdiction")
            {
                several |= jurisdiction is not null && jurisdiction != text;
                jurisdiction = text;
            }
        }
        if (jurisdiction is not null && !several)
        {
            for (int i = 0; i < values.Count; i++)
            {
                if (values[i].Field == Field.RegistrationNumber)
                    values[i] = values[i] with { Value = jurisdiction + ":" + values[i].Value };
            }
        }
        values.Sort(static (a, b) => a.Field != b.Field ? a.Field.CompareTo(b.Field) : string.CompareOrdinal(a.Value, b.Value));
        return kind;
    }

    /// <summary>
    /// All that anybody may see of a record, for building indexes: its compared values, registration numbers with each
    /// jurisdiction and without, and the kinds it may seem to be.
    /// </summary>
    public static void GatherAll(Engine engine, int record, List<FieldValue> values, HashSet<SubjectKind> kinds)
    {
        values.Clear();
        HashSet<string> jurisdictions = new(StringComparer.Ordinal);
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (engine.Statements[s].Label == LabelTable.Nobody)
                continue;
            ushort property = engine.Statements[s].Property;
            if (property == Statements.KindProperty)
                kinds.Add(engine.Fields.Kind(engine.Statements[s].Value));
            if (!engine.Fields.TryField(property, out var field))
                continue;
            string text = engine.Texts.Text(engine.Statements[s].Value);
            values.Add(new FieldValue(field, text));
            if (engine.Ontology.Properties[property].Name == "jurisdiction")
                jurisdictions.Add(text);
        }
        for (int i = values.Count - 1; i >= 0; i--)
        {
            if (values[i].Field != Field.RegistrationNumber)
                continue;
            foreach (string jurisdiction in jurisdictions)
                values.Add(values[i] with { Value = jurisdiction + ":" + values[i].Value });
        }
        kinds.Remove(SubjectKind.None);
    }

    /// <summary>The labels that a record's compared statements bear, added to <paramref name="labels"/>.</summary>
    public static void Labels(Engine engine, int record, SortedSet<int> labels)
    {
        int uniform = engine.Records.Uniform[record];
        if (uniform > LabelTable.Nobody)
        {
            labels.Add(uniform);
            return;
        }
        foreach (int s in engine.Records.StatementsOf(record))
        {
            int label = engine.Statements[s].Label;
            if (label != LabelTable.Nobody && engine.Fields.IsCompared(engine.Statements[s].Property))
                labels.Add(label);
        }
    }
}
