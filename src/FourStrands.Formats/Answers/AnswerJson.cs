using System.Globalization;
using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Formats;

/// <summary>
/// What a view answers, as JSON for programs: one form for the command line and for the interface for programs. docs/api.md and docs/command-line.md
/// describe it. Labels name agencies, so whoever writes says how: in full to those who run the machine, as the pages say them over the network.
/// </summary>
public static class AnswerJson
{
    /// <summary>A verdict as it is typed: <c>same</c>, <c>different</c>, <c>unsure</c>.</summary>
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Same => "same",
            Verdict.Different => "different",
            _ => "unsure",
        };

    /// <summary>An entity's title line, as a value.</summary>
    public static void WriteSummary(this Utf8JsonWriter json, EntitySummary entity)
    {
        json.WriteStartObject();
        json.WriteString("id", entity.Id.ToString());
        json.WriteString("caption", entity.Caption);
        json.WriteString("schema", entity.Schema.Name);
        json.WriteString("summary", entity.Summary);
        json.WriteStartArray("topics");
        foreach (string topic in entity.Topics)
            json.WriteStringValue(topic);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A source, as a property of that name.</summary>
    public static void WriteSource(this Utf8JsonWriter json, string name, Source source)
    {
        json.WriteStartObject(name);
        json.WriteString("id", source.Id.ToString());
        json.WriteString("name", source.Name);
        json.WriteString("owner", source.Owner);
        json.WriteString("grade", source.Grade);
        json.WriteEndObject();
    }

    /// <summary>An import as listed, as a value.</summary>
    public static void WriteImport(this Utf8JsonWriter json, ImportSummary import, Func<Label, string> label)
    {
        json.WriteStartObject();
        json.WriteString("id", import.Id.ToString());
        json.WriteSource("source", import.Source);
        json.WriteString("fileName", import.FileName);
        json.WriteString("format", import.Format);
        json.WriteString("by", import.By);
        json.WriteString("at", import.At);
        json.WriteString("label", label(import.Label));
        json.WriteNumber("records", import.Records);
        json.WriteNumber("statements", import.Statements);
        json.WriteNumber("unchanged", import.Unchanged);
        json.WriteNumber("withdrawn", import.Withdrawn);
        json.WriteNumber("rejected", import.Rejected);
        json.WriteEndObject();
    }

    /// <summary>A part of a file that could not be used, as a value.</summary>
    public static void WriteRejection(this Utf8JsonWriter json, Rejection rejection)
    {
        json.WriteStartObject();
        json.WriteNumber("line", rejection.Line);
        json.WriteString("field", rejection.Field);
        json.WriteString("reason", rejection.Reason);
        json.WriteString("excerpt", rejection.Excerpt);
        json.WriteEndObject();
    }

    /// <summary>A person's decision, as a value.</summary>
    public static void WriteJudgement(this Utf8JsonWriter json, Judgement judgement, Func<Label, string> label)
    {
        json.WriteStartObject();
        json.WriteString("id", judgement.Id.ToString());
        json.WriteString("left", judgement.Left.ToString());
        json.WriteString("right", judgement.Right.ToString());
        json.WriteString("verdict", Word(judgement.Verdict));
        json.WriteString("reason", judgement.Reason);
        json.WriteString("by", judgement.By);
        json.WriteString("agency", judgement.Agency);
        json.WriteString("at", judgement.At);
        json.WriteString("label", label(judgement.Label));
        json.WriteEndObject();
    }

    /// <summary>A page of what a search found, as properties of an object that is open.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="text">What was searched for.</param>
    /// <param name="results">What was found.</param>
    public static void WriteSearch(this Utf8JsonWriter json, string text, SearchResults results)
    {
        json.WriteString("text", text);
        json.WriteNumber("records", results.Records);
        json.WriteBoolean("more", results.More);
        json.WriteStartArray("hits");
        foreach (var hit in results.Hits)
        {
            json.WriteStartObject();
            json.WriteString("matched", hit.Matched);
            json.WritePropertyName("entity");
            json.WriteSummary(hit.Entity);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>All that is said of an entity, as properties of an object that is open.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="summary">Its title line.</param>
    /// <param name="said">Its values, in the order of <see cref="Entity.Properties"/>.</param>
    /// <param name="records">Its records.</param>
    /// <param name="connections">How it is tied to others.</param>
    /// <param name="possible">What may be the same subject.</param>
    /// <param name="label">How a label is said.</param>
    public static void WriteEntity(
        this Utf8JsonWriter json,
        EntitySummary summary,
        IEnumerable<Said> said,
        IEnumerable<RecordView> records,
        IEnumerable<Connection> connections,
        IEnumerable<(EntitySummary Other, Match Match)> possible,
        Func<Label, string> label
    )
    {
        json.WritePropertyName("entity");
        json.WriteSummary(summary);
        json.WriteStartArray("properties");
        foreach (var property in said.GroupBy(s => s.Property))
            WriteProperty(json, property, label);
        json.WriteEndArray();
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            json.WriteStartObject();
            json.WriteString("id", record.Id.ToString());
            json.WriteString("key", record.Key);
            json.WriteString("schema", record.Schema.Name);
            json.WriteSource("source", record.Source);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("connections");
        foreach (var connection in connections)
        {
            json.WriteStartObject();
            json.WriteString("phrase", connection.Phrase);
            json.WriteBoolean("outgoing", connection.Outgoing);
            json.WriteString("property", connection.Property.QualifiedName);
            json.WriteString("record", connection.Tie.Id.ToString());
            json.WritePropertyName("other");
            json.WriteSummary(connection.Other);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("possibleMatches");
        foreach (var (other, match) in possible)
        {
            json.WriteStartObject();
            json.WriteString("left", match.Left.ToString());
            json.WriteString("right", match.Right.ToString());
            json.WriteNumber("probability", Math.Round(match.Probability, 4));
            json.WritePropertyName("other");
            json.WriteSummary(other);
            json.WriteStartArray("judgements");
            foreach (var judgement in match.Judgements)
                json.WriteJudgement(judgement, label);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteProperty(Utf8JsonWriter json, IGrouping<Property, Said> property, Func<Label, string> label)
    {
        json.WriteStartObject();
        json.WriteString("property", property.Key.Name);
        json.WriteString("label", property.Key.Label);
        json.WriteStartArray("values");
        foreach (var said in property)
        {
            json.WriteStartObject();
            json.WriteString("value", said.Value);
            json.WriteString("shown", said.Shown);
            json.WriteString("record", said.Record.ToString());
            json.WriteSource("source", said.Source);
            json.WriteString("label", label(said.Label));
            json.WriteString("date", said.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("kind", said.Kind == StatementKind.Opinion ? "opinion" : "fact");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
