using FourStrands.Linkage;

namespace FourStrands.Picture;

/// <summary>What a release would show to whom, and how it is carried into the picture.</summary>
public sealed partial class Releases
{
    /// <summary>
    /// What a release would do: which values its audience would newly see, what they would join them to, what forbids it and who has to agree. All of it is
    /// worked out from what the viewer sees, and depends on nothing else.
    /// </summary>
    public ReleasePreview Preview(Viewer by, ReleaseOrder order)
    {
        Demand(by);
        return Preview(by, gate.For(by), order);
    }

    private ReleasePreview Preview(Viewer by, View view, ReleaseOrder order)
    {
        var audience = view.AsSeenUnder(order.Label);
        List<string> refused = [];
        if (order.Values.Count == 0)
            refused.Add("Choose what to release");
        if (order.Values.Count > ReleaseRules.MostValues)
            refused.Add($"Release at most {ReleaseRules.MostValues:N0} values at once");
        if (order.Kind == ReleaseKind.Alert)
            refused.AddRange(ReleaseRules.ForbiddenAlert(order, by.Agency, gate.Clock.GetUtcNow()));
        else if (!by.MaySee(order.Label))
            refused.Add(ReleaseRules.NotOwn);
        if (order.Until is { } until && (until <= gate.Clock.GetUtcNow() || until > gate.Clock.GetUtcNow() + Longest))
            refused.Add(ReleaseRules.LastDay);
        List<PreviewedRecord> records = [];
        List<Label> labels = [];
        HashSet<RecordId> together = [.. order.Values.Select(v => v.Record)];
        foreach (var chosen in order.Values.Take(ReleaseRules.MostValues).GroupBy(v => v.Record).OrderBy(g => g.Key))
        {
            var record = view.Find(chosen.Key)?.Records.FirstOrDefault(r => r.Id == chosen.Key);
            if (record is null)
            {
                refused.Add("There is no such record");
                continue;
            }
            if (record.Source.Owner != by.Agency)
                refused.Add($"“{record.Source.Name}” belongs to {gate.People.NameOf(record.Source.Owner)}: ask them for its release");
            records.Add(PreviewOf(view, record, [.. chosen], order, audience, together, labels, refused, v => Pointers.IsLookedFor(gate.Engine, v)));
        }
        if (refused.Count == 0 && order.Kind == ReleaseKind.Content && records.All(r => r.Shown.Count == 0))
            refused.Add("Nothing would become visible: whoever is to see it sees it already");
        if (order.Kind != ReleaseKind.Content && refused.Count == 0 && !order.Values.Any(v => Pointers.IsLookedFor(gate.Engine, v)))
            refused.Add("It needs a name or a number that somebody could look for");
        if (order.SourceName is { } name && (name.Trim().Length is 0 or > 120 || name.Any(char.IsControl)))
            refused.Add(ReleaseRules.SourceNeedsName);
        if (order.SourceName is null && order.Values.Any(v => v.As is not null))
            refused.Add("Values can be put in other words in a sanitised release only");
        bool always = gate.People.Agency(by.Agency)?.SecondForEveryRelease == true;
        // Of an alert nobody is shown anything: no condition stands in its way, and nobody else has to agree.
        if (order.Kind == ReleaseKind.Alert)
            return new ReleasePreview(
                order.Label,
                records,
                [],
                [.. refused.Distinct(StringComparer.Ordinal)],
                [],
                [.. ReleaseRules.SecondBecause(order with { Label = Label.OwnAgency(by) }, [], originatorIsOwn: false, always)],
                []
            );
        var bears = ReleaseRules.Bears(order, labels);
        refused.AddRange(ReleaseRules.Forbidden(order, bears));
        var (originators, own) = Originators(by, order, labels, refused);
        return new ReleasePreview(
            bears,
            records,
            order.Kind == ReleaseKind.Content ? Joins(records, audience) : [],
            [.. refused.Distinct(StringComparer.Ordinal)],
            originators,
            [.. ReleaseRules.SecondBecause(order, labels, own, always)],
            Cautions(records, order)
        );
    }

    private static PreviewedRecord PreviewOf(
        View view,
        RecordView record,
        ReleasedValue[] chosen,
        ReleaseOrder order,
        View audience,
        HashSet<RecordId> together,
        List<Label> labels,
        List<string> refused,
        Predicate<ReleasedValue> isLookedFor
    )
    {
        List<ReleasedValue> shown = [],
            known = [],
            dropped = [];
        List<Said> says = [];
        Label? under = null;
        foreach (var value in chosen)
        {
            Said[] said = [.. record.Statements.Where(s => s.Property.Name == value.Property && s.Value == value.Value)];
            if (said.Length == 0)
            {
                refused.Add("One of the values is not there any more. Choose anew");
                continue;
            }
            // Nobody finds a pointer, or is noticed by an alert, by what nobody looks for.
            if (order.Kind != ReleaseKind.Content && !isLookedFor(value))
            {
                dropped.Add(value);
                continue;
            }
            if (order.Kind == ReleaseKind.Content && order.SourceName is null && said.Any(s => order.Label.Implies(s.Label)))
            {
                known.Add(value);
                continue;
            }
            // Of a value that is said under several labels, the one that asks least is what is released.
            var least = said.MinBy(s => (s.Label.Handling.Codes.Count, s.Label.Compartments.Count, (int)s.Label.Classification, s.Label.ToString()));
            if (least!.Property.Type.IsEntity)
            {
                var end = RecordId.Parse(value.Value, null);
                if (!together.Contains(end) && (order.SourceName is not null || audience.Find(end) is null))
                {
                    dropped.Add(value);
                    continue;
                }
            }
            labels.Add(least.Label);
            under = under?.Join(least.Label) ?? least.Label;
            shown.Add(value);
            says.Add(least);
        }
        // A kind that is said under another label is not released with it.
        var kind = under is null ? record.Schema : view.AsSeenUnder(under).Find(record.Id)?.Records.First(r => r.Id == record.Id).Schema ?? record.Schema;
        for (int i = shown.Count - 1; i >= 0; i--)
        {
            if (kind.Is(says[i].Property.Schema))
                continue;
            dropped.Add(shown[i]);
            shown.RemoveAt(i);
            says.RemoveAt(i);
        }
        return new PreviewedRecord(record, shown, known, dropped, says, kind);
    }

    /// <summary>Who is asked first: other agencies; and whether that is the own one.</summary>
    private (IReadOnlyList<string> Others, bool Own) Originators(Viewer by, ReleaseOrder order, List<Label> labels, List<string> refused)
    {
        bool own = false;
        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (var handling in labels.Select(l => l.Handling).Where(ReleaseRules.AsksOriginator))
        {
            own |= handling.Originators.Count == 0 || handling.Originators.Contains(by.Agency, StringComparer.Ordinal);
            others.UnionWith(handling.Originators.Where(o => o != by.Agency));
        }
        foreach (string outside in others.Where(o => gate.People.Agency(o) is null && order.Permission.Trim().Length == 0))
        {
            refused.Add(
                $"{gate.People.NameOf(outside)} has to be asked first, and does not take part here. Ask them, and note what they said under “Permission”"
            );
        }
        return ([.. others.Where(o => gate.People.Agency(o) is not null)], own);
    }

    /// <summary>What the audience sees of the same subjects, so far as the officer knows: under the same record, or because what is released is like it.</summary>
    private List<EntitySummary> Joins(List<PreviewedRecord> records, View audience)
    {
        Dictionary<RecordId, EntitySummary> joins = [];
        foreach (var record in records)
        {
            if (audience.Summarise(record.Record.Id) is { } same)
                joins.TryAdd(same.Id, same);
            var kind = gate.Engine.Fields.Kind(record.Record.Schema.Number);
            if (kind == SubjectKind.None)
                continue;
            List<FieldValue> values = [];
            foreach (var value in record.Shown.Concat(record.Known))
            {
                var property = record.Record.Statements.First(s => s.Property.Name == value.Property).Property;
                if (gate.Engine.Fields.TryField(property.Number, out var field))
                    values.Add(new FieldValue(field, value.As ?? value.Value));
            }
            if (values.Count == 0)
                continue;
            foreach (var found in audience.Screen(kind, values, Comparison.SameAt))
            {
                if (audience.Summarise(found.Record.Id) is { } like)
                    joins.TryAdd(like.Id, like);
            }
        }
        return [.. joins.Values.OrderBy(j => j.Caption, StringComparer.Ordinal).ThenBy(j => j.Id)];
    }

    private List<string> Cautions(List<PreviewedRecord> records, ReleaseOrder order)
    {
        List<string> cautions = [];
        var today = London.Day(gate.Clock.GetUtcNow());
        if (records.Any(r => r.Record.Values("birthDate").Any(d => ReleaseRules.IsChild(d, today))))
            cautions.Add("It is about a child. Release no more than the child’s safety or the case needs.");
        // A pointer shows neither what it is found by nor where that is from.
        if (order.Kind != ReleaseKind.Content)
            return cautions;
        if (records.Any(r => r.Shown.Any(v => v.Value.Length > 200 && v.As is null)))
            cautions.Add("It holds longer text. Read it to its end: who wrote it, and who could have known it, may show in the words.");
        if (order.SourceName is null && records.Any(r => r.Shown.Count > 0))
            cautions.Add("The name of the source and its own reference of the record are seen with it. Sanitise it if they tell too much.");
        return cautions;
    }

    /// <summary>Who may know of the release: those of the agency who may see all that it is made of.</summary>
    private static Label LabelOf(Viewer by, ReleaseOrder order, ReleasePreview preview)
    {
        var label = Label.OwnAgency(by);
        // That a tie's other end is there may be known to its audience alone.
        if (preview.Records.Any(r => r.Shown.Concat(r.Known).Any(v => r.Record.Statements.Any(s => s.Property.Name == v.Property && s.Property.Type.IsEntity))))
            label = label.Join(order.Label.WithoutHandling());
        foreach (var record in preview.Records)
        {
            foreach (var value in record.Shown.Concat(record.Known))
            {
                foreach (var said in record.Record.Statements.Where(s => s.Property.Name == value.Property && s.Value == value.Value))
                    label = label.Join(said.Label.WithoutHandling());
            }
        }
        return label;
    }

    /// <summary>Puts what is released into the picture: under the label, in the source's name or the one that others are to see.</summary>
    private List<RecordId> Carry(View view, Release release, ReleasePreview preview)
    {
        List<RecordId> imports = [];
        var order = release.Order;
        Dictionary<RecordId, string> keys = [];
        Dictionary<RecordId, RecordId> made = [];
        foreach (var record in preview.Records.Where(r => r.Shown.Count > 0))
        {
            // A reference of its own tells nothing of the record that it stands for.
            keys[record.Record.Id] = order.SourceName is null ? record.Record.Key : KeyOf(release, record.Record.Id);
        }
        var said =
            from record in preview.Records
            from one in record.Shown.Zip(record.Says)
            group (record.Record, record.Kind, Value: one.First, Statement: one.Second) by (
                Source: order.SourceName?.Trim() ?? record.Record.Source.Name,
                one.Second.Source.Grade,
                one.Second.Kind
            );
        foreach (
            var together in said.OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenBy(g => g.Key.Grade, StringComparer.Ordinal).ThenBy(g => g.Key.Kind)
        )
        {
            var request = new ImportRequest(together.Key.Source, order.Label, "Release", Memory.ImportRow.ReleaseFormat)
            {
                Grade = together.Key.Grade,
                Kind = together.Key.Kind,
            };
            using var session = view.Bring(request, order.SourceName is null ? release.ByName : gate.People.NameOf(release.Agency));
            foreach (var record in together.GroupBy(t => t.Record.Id).OrderBy(g => keys[g.Key], StringComparer.Ordinal))
            {
                session.Begin(keys[record.Key], record.First().Kind);
                foreach (var (_, _, value, statement) in record)
                {
                    if (!statement.Property.Type.IsEntity)
                        session.Add(statement.Property, value.As ?? value.Value);
                    else if (KeyIn(view, RecordId.Parse(value.Value, null), keys) is { } end)
                        session.Add(statement.Property, end);
                }
                session.End();
            }
            foreach (var record in keys.Keys)
                made[record] = session.IdentifierOf(keys[record]);
            session.CommitUnlinked();
            imports.Add(session.Id);
        }
        if (order.SourceName is null)
            return imports;
        // For those who know of the release, they are one: the agency itself knows what it sanitised. What else is said of the record has no part in that.
        foreach (var (record, sanitised) in made.OrderBy(m => m.Key))
            view.JudgeSame(record, sanitised, $"Sanitised in a release: {order.Reason}", release.KeptUnder);
        return imports;
    }

    /// <summary>How the reason of that judgement begins.</summary>
    private const string SanitisedBecause = "Sanitised in a release: ";

    private static string? KeyIn(View view, RecordId end, Dictionary<RecordId, string> keys) =>
        keys.TryGetValue(end, out string? key) ? key : view.Find(end)?.Records.First(r => r.Id == end).Key;
}
