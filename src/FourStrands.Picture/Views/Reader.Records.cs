using System.Buffers;
using System.Text;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>Records, entities and ties as pages show them.</summary>
internal readonly partial struct Reader<TSight>
{
    private static readonly SearchValues<char> Latin = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public string ValueOf(int statement)
    {
        int value = engine.Statements[statement].Value;
        return engine.IsEntity[engine.Statements[statement].Property] ? IdOf(value).ToString() : engine.Texts.Text(value);
    }

    public Source SourceOf(int statement)
    {
        var import = engine.Imports[engine.ImportOf(statement)];
        var row = engine.Sources[import.Source];
        return new Source(row.Id, row.Name, row.Owner, import.Request.Grade);
    }

    /// <summary>A label that only those satisfy who may see all that is seen here of these records.</summary>
    public Label LabelOf(ReadOnlySpan<int> records)
    {
        Label? label = null;
        HashSet<int> known = [];
        foreach (int record in records)
        {
            foreach (int s in engine.Records.StatementsOf(record))
            {
                if (Sees(s) && known.Add(engine.Statements[s].Label))
                    label = label?.Join(engine.Labels[engine.Statements[s].Label]) ?? engine.Labels[engine.Statements[s].Label];
            }
        }
        return label ?? Label.Public;
    }

    public RecordView Record(int record)
    {
        List<Said> said = [];
        Source? source = null;
        var id = IdOf(record);
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (!Sees(s))
                continue;
            var from = SourceOf(s);
            // The record's source is shown with the grade of its best-graded visible import.
            if (source is null || string.CompareOrdinal(from.Grade, source.Grade) < 0)
                source = from;
            ushort property = engine.Statements[s].Property;
            if (property == Statements.KindProperty)
                continue;
            var import = engine.Imports[engine.ImportOf(s)];
            said.Add(
                new Said(
                    engine.Ontology.Properties[property],
                    ValueOf(s),
                    id,
                    from,
                    engine.Labels[engine.Statements[s].Label],
                    import.Date,
                    import.Request.Kind
                )
            );
        }
        var asker = viewer;
        said.Sort(
            (a, b) =>
            {
                int order = string.CompareOrdinal(a.Property.QualifiedName, b.Property.QualifiedName);
                if (order == 0)
                    order = string.CompareOrdinal(a.Value, b.Value);
                if (order == 0)
                    order = Label.InOrderFor(asker, a.Label, b.Label);
                if (order == 0)
                    order = a.Date.CompareTo(b.Date);
                if (order == 0)
                    order = string.CompareOrdinal(a.Source.Grade, b.Source.Grade);
                if (order == 0)
                    order = a.Kind.CompareTo(b.Kind);
                // To whoever may not know what is left of the labels these two are the same.
                return order != 0 ? order : string.CompareOrdinal(a.Label.ToString(), b.Label.ToString());
            }
        );
        // What was brought in and released under one label is said once, as it was first.
        int kept = 0;
        for (int i = 0; i < said.Count; i++)
        {
            bool isSaid = false;
            for (int k = kept - 1; !isSaid && k >= 0 && said[i].Property == said[k].Property && said[i].Value == said[k].Value; k--)
                isSaid = said[i].Label.Equals(said[k].Label);
            if (!isSaid)
                said[kept++] = said[i];
        }
        said.RemoveRange(kept, said.Count - kept);
        return new RecordView(id, SchemaOf(record), source!, engine.Texts.Text(engine.Records.Key[record]), said);
    }

    public Entity Entity(int record)
    {
        int[] members = Cluster(record);
        var records = new RecordView[members.Length];
        Schema? schema = null;
        for (int i = 0; i < members.Length; i++)
        {
            records[i] = Record(members[i]);
            schema = Matches.Profiles.MoreSpecific(schema, records[i].Schema);
        }
        List<Match> matches = [];
        if (members.Length > 1)
        {
            var inside = members.ToHashSet();
            foreach (int member in members)
            {
                foreach (var (other, score, judged) in Alike(member))
                {
                    if (inside.Contains(other) && IdOf(member).CompareTo(IdOf(other)) < 0)
                        matches.Add(Match(member, other, score, judged));
                }
            }
            matches.Sort(ByStrength);
        }
        return new Entity(IdOf(members[0]), Caption(members), schema!, records, matches);
    }

    public Match Match(int left, int right, byte score, Verdict? judged)
    {
        if (IdOf(left).CompareTo(IdOf(right)) > 0)
            (left, right) = (right, left);
        double probability = score == 0 && judged is null ? 0 : Linkage.Comparison.Score(Prepare(left), Prepare(right));
        return new Match(IdOf(left), IdOf(right), Math.Round(probability, 4), Judgements(left, right));
    }

    public static int ByStrength(Match a, Match b)
    {
        int order = b.Probability.CompareTo(a.Probability);
        if (order == 0)
            order = a.Left.CompareTo(b.Left);
        return order != 0 ? order : a.Right.CompareTo(b.Right);
    }

    /// <summary>The title: of the first caption property that has a value, the one most records give; of those one in Latin letters, then the first.</summary>
    public string Caption(int[] members)
    {
        var schema = SchemaOf(members);
        return OwnCaption(members, schema) ?? TieCaption(members, schema) ?? schema.Label;
    }

    private string? OwnCaption(int[] members, Schema schema)
    {
        string? best = null;
        int bestRank = int.MaxValue,
            bestCount = 0;
        Dictionary<int, int> counts = [];
        foreach (int member in members)
        {
            foreach (int s in engine.Records.StatementsOf(member))
            {
                ushort number = engine.Statements[s].Property;
                if (number == Statements.KindProperty || engine.IsEntity[number] || !Sees(s))
                    continue;
                int rank = CaptionRank(schema, engine.Ontology.Properties[number]);
                if (rank > bestRank || rank == int.MaxValue)
                    continue;
                if (rank < bestRank)
                {
                    (bestRank, best, bestCount) = (rank, null, 0);
                    counts.Clear();
                }
                int value = engine.Statements[s].Value;
                int count = counts[value] = counts.GetValueOrDefault(value) + 1;
                string text = engine.Texts.Text(value);
                if (best is null || Better(text, count, best, bestCount))
                    (best, bestCount) = (text, count);
            }
        }
        return best;

        static bool Better(string text, int count, string best, int bestCount)
        {
            if (count != bestCount)
                return count > bestCount;
            bool latin = text.AsSpan().ContainsAny(Latin),
                bestLatin = best.AsSpan().ContainsAny(Latin);
            return latin != bestLatin ? latin : string.CompareOrdinal(text, best) < 0;
        }
    }

    public Schema SchemaOf(int[] members)
    {
        Schema? schema = null;
        foreach (int member in members)
            schema = Matches.Profiles.MoreSpecific(schema, SchemaOf(member));
        return schema!;
    }

    private static int CaptionRank(Schema schema, Property property)
    {
        for (int i = 0; i < schema.Caption.Count; i++)
        {
            if (schema.Caption[i].Name == property.Name)
                return i;
        }
        return int.MaxValue;
    }

    /// <summary>A tie is titled by its ends: "Ownership: A – B".</summary>
    private string? TieCaption(int[] members, Schema schema) =>
        EndsOf(members, schema) is (int source, int target) ? $"{schema.Label}: {Plain(source)} – {Plain(target)}" : null;

    /// <summary>The records whose titles stand in that of a tie; none of anything else.</summary>
    public int[] EndsInTitle(int[] members)
    {
        var schema = SchemaOf(members);
        return schema.Tie is not null && EndsOf(members, schema) is (int source, int target) && OwnCaption(members, schema) is null ? [source, target] : [];
    }

    private (int Source, int Target)? EndsOf(int[] members, Schema schema)
    {
        if (schema.Tie is not { } tie)
            return null;
        foreach (int member in members)
        {
            int source = End(member, tie.Source),
                target = End(member, tie.Target);
            if (source >= 0 && target >= 0 && source != member && target != member)
                return (source, target);
        }
        return null;
    }

    /// <summary>The other record's title without looking at its own ties, which may lead back here.</summary>
    private string Plain(int record)
    {
        int[] members = Cluster(record);
        return SchemaOf(members).Tie is null ? Caption(members) : SchemaOf(members).Label;
    }

    private int End(int record, Property property)
    {
        int found = -1;
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (engine.Statements[s].Property != property.Number || !Sees(s))
                continue;
            int value = engine.Statements[s].Value;
            if (found < 0 || IdOf(value).CompareTo(IdOf(found)) < 0)
                found = value;
        }
        return found;
    }

    public EntitySummary Summary(int record)
    {
        int[] members = Cluster(record);
        var schema = SchemaOf(members);
        SortedSet<string> topics = new(StringComparer.Ordinal),
            births = new(StringComparer.Ordinal),
            numbers = new(StringComparer.Ordinal),
            countries = new(StringComparer.Ordinal),
            places = new(StringComparer.Ordinal);
        foreach (int member in members)
        {
            foreach (int s in engine.Records.StatementsOf(member))
            {
                ushort number = engine.Statements[s].Property;
                if (number == Statements.KindProperty || engine.IsEntity[number] || !Sees(s))
                    continue;
                var property = engine.Ontology.Properties[number];
                var into = property.Name switch
                {
                    "topics" => topics,
                    "birthDate" or "incorporationDate" => births,
                    "registrationNumber" or "imoNumber" => numbers,
                    "nationality" or "jurisdiction" or "country" or "citizenship" => countries,
                    "address" or "program" or "authority" => places,
                    _ => null,
                };
                if (into is null)
                    continue;
                string text = engine.Texts.Text(engine.Statements[s].Value);
                into.Add(into == topics || into == births ? text : property.Type.Show(text));
            }
        }
        var line = new StringBuilder(schema.Label);
        if (births.Count > 0)
            line.Append(schema.Is("Person") ? ", born " : ", founded ")
                .AppendJoin(" or ", PartialDates.Narrowest(births).Take(3).Select(PropertyType.Named("date")!.Show));
        if (numbers.Count > 0)
            line.Append(", number ").AppendJoin(", ", numbers.Take(2));
        if (countries.Count > 0)
            line.Append(", ").AppendJoin(", ", countries.Take(3));
        if (births.Count + numbers.Count == 0 && places.Count > 0)
            line.Append(", ").Append(places.Min);
        return new EntitySummary(IdOf(members[0]), Caption(members), schema, line.ToString(), [.. topics]);
    }
}
