using System.Globalization;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>How records are tied to each other.</summary>
internal readonly partial struct Reader<TSight>
{
    /// <summary>One way from a record to another.</summary>
    /// <param name="Start">The record it starts from.</param>
    /// <param name="Other">The record at the other end.</param>
    /// <param name="Tie">The record that says so.</param>
    /// <param name="Statement">The statement that names the other end.</param>
    /// <param name="Outgoing">True if the start is the tie's source end.</param>
    /// <param name="Own">True if the start itself says so.</param>
    public readonly record struct Step(int Start, int Other, int Tie, int Statement, bool Outgoing, bool Own);

    /// <summary>All steps from a record, in no order that may be shown.</summary>
    public void StepsFrom(int record, List<Step> steps)
    {
        foreach (int s in engine.Records.PointingAt(record))
        {
            int tie = engine.Statements[s].Record;
            if (!sight.Sees(engine.Statements[s].Label) || !Exists(tie))
                continue;
            var property = engine.Ontology.Properties[engine.Statements[s].Property];
            if (TieOf(tie) is { } ends && (property == ends.Source || property == ends.Target))
            {
                bool outgoing = property == ends.Source;
                var other = outgoing ? ends.Target : ends.Source;
                foreach (int t in engine.Records.StatementsOf(tie))
                {
                    if (engine.Statements[t].Property == other.Number && Sees(t))
                        steps.Add(new Step(record, engine.Statements[t].Value, tie, t, outgoing, false));
                }
            }
            else
            {
                steps.Add(new Step(record, tie, tie, s, false, false));
            }
        }
        foreach (int s in engine.Records.StatementsOf(record))
        {
            ushort property = engine.Statements[s].Property;
            if (property != Statements.KindProperty && engine.IsEntity[property] && Sees(s))
                steps.Add(new Step(record, engine.Statements[s].Value, record, s, true, true));
        }
    }

    public Connection Connection(Step step, RecordView? tie, EntitySummary? other) =>
        new(
            other ?? Summary(step.Other),
            tie ?? Record(step.Tie),
            engine.Ontology.Properties[engine.Statements[step.Statement].Property],
            Phrase(step),
            step.Outgoing
        );

    public List<Connection> Connections(int[] members)
    {
        List<Step> steps = [];
        foreach (int member in members)
            StepsFrom(member, steps);
        // Of several statements that say the same the first is shown.
        steps.Sort(InOrder);
        var own = members.ToHashSet();
        Dictionary<int, EntitySummary> others = [];
        Dictionary<int, RecordView> ties = [];
        HashSet<(int, int, string)> known = [];
        List<Connection> connections = [];
        foreach (var step in steps)
        {
            if (!known.Add((step.Tie, step.Other, Phrase(step))))
                continue;
            if (!others.TryGetValue(step.Other, out var other))
                others.Add(step.Other, other = Summary(step.Other));
            if (!ties.TryGetValue(step.Tie, out var tie))
                ties.Add(step.Tie, tie = Record(step.Tie));
            connections.Add(Connection(step, tie, other));
        }
        connections.Sort(Order);
        return connections;
    }

    /// <summary>An order of steps that depends on what they say alone; equal ones are told apart by nothing that is shown.</summary>
    private int InOrder(Step a, Step b)
    {
        int order = engine.Records.Id[a.Other].CompareTo(engine.Records.Id[b.Other]);
        if (order == 0)
            order = engine.Records.Id[a.Tie].CompareTo(engine.Records.Id[b.Tie]);
        if (order == 0)
            order = engine.Statements[a.Statement].Property.CompareTo(engine.Statements[b.Statement].Property);
        if (order == 0)
            order = a.Own.CompareTo(b.Own);
        if (order == 0)
            order = a.Outgoing.CompareTo(b.Outgoing);
        if (order == 0)
            order = engine.Records.Id[a.Start].CompareTo(engine.Records.Id[b.Start]);
        return order != 0 ? order : a.Statement.CompareTo(b.Statement);
    }

    public static int Order(Connection a, Connection b)
    {
        int order = string.CompareOrdinal(a.Phrase, b.Phrase);
        if (order == 0)
            order = string.CompareOrdinal(a.Other.Caption, b.Other.Caption);
        if (order == 0)
            order = a.Other.Id.CompareTo(b.Other.Id);
        if (order == 0)
            order = a.Tie.Id.CompareTo(b.Tie.Id);
        return order != 0 ? order : string.CompareOrdinal(a.Property.QualifiedName, b.Property.QualifiedName);
    }

    private Tie? TieOf(int record) => SchemaOf(record).Tie;

    private string Phrase(Step step)
    {
        var property = engine.Ontology.Properties[engine.Statements[step.Statement].Property];
        if (!step.Own && step.Other != step.Tie && TieOf(step.Tie) is { } ends && (property == ends.Source || property == ends.Target))
            return step.Outgoing ? ends.Label : ends.Reverse;
        string label = step.Outgoing ? property.Label : property.ReverseLabel ?? property.Label;
        return char.ToLower(label[0], CultureInfo.InvariantCulture) + label[1..];
    }
}
