using System.Text.Encodings.Web;
using System.Text.Json;
using FourStrands.Picture;
using Spectre.Console;

namespace FourStrands.Cli;

/// <summary>How answers are written: as JSON for programs, as tables for people. docs/command-line.md describes the JSON.</summary>
internal static class Answers
{
    /// <summary>Writes one JSON document.</summary>
    public static void WriteJson(this Terminal terminal, Action<Utf8JsonWriter> write)
    {
        using (
            var json = new Utf8JsonWriter(terminal.OutBytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        )
            write(json);
        terminal.OutBytes.Write("\n"u8);
        terminal.OutBytes.Flush();
    }

    /// <summary>Writes a table; the last column takes what room is left, the others are never broken.</summary>
    public static void WriteTable(this Terminal terminal, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        for (int i = 0; i < headings.Count; i++)
        {
            var column = new TableColumn(new Text(headings[i], new Style(decoration: Decoration.Bold)));
            column.NoWrap = i < headings.Count - 1;
            column.Padding = new Padding(0, 0, i < headings.Count - 1 ? 2 : 0, 0);
            table.AddColumn(column);
        }
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(OneLine(cell))));
        if (terminal.OutIsPerson)
        {
            terminal.Table.Write(table);
            return;
        }
        // Where nobody looks, spaces that fill the last column are noise.
        var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(text),
            }
        );
        console.Profile.Width = 4000;
        console.Write(table);
        foreach (string line in text.ToString().Split('\n'))
        {
            if (line.Length > 0)
                terminal.Out.WriteLine(line.TrimEnd());
        }
    }

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

    public static void WriteSource(this Utf8JsonWriter json, string name, Source source)
    {
        json.WriteStartObject(name);
        json.WriteString("id", source.Id.ToString());
        json.WriteString("name", source.Name);
        json.WriteString("owner", source.Owner);
        json.WriteString("grade", source.Grade);
        json.WriteEndObject();
    }

    public static void WriteImport(this Utf8JsonWriter json, ImportSummary import)
    {
        json.WriteStartObject();
        json.WriteString("id", import.Id.ToString());
        json.WriteSource("source", import.Source);
        json.WriteString("fileName", import.FileName);
        json.WriteString("format", import.Format);
        json.WriteString("by", import.By);
        json.WriteString("at", import.At);
        json.WriteString("label", import.Label.ToString());
        json.WriteNumber("records", import.Records);
        json.WriteNumber("statements", import.Statements);
        json.WriteNumber("unchanged", import.Unchanged);
        json.WriteNumber("withdrawn", import.Withdrawn);
        json.WriteNumber("rejected", import.Rejected);
        json.WriteEndObject();
    }

    public static void WriteJudgement(this Utf8JsonWriter json, Judgement judgement)
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
        json.WriteString("label", judgement.Label.ToString());
        json.WriteEndObject();
    }

    /// <summary>The verdict as it is typed.</summary>
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Same => "same",
            Verdict.Different => "different",
            _ => "unsure",
        };

    /// <summary>What is printed holds text from files: a control character in it must not steer the terminal.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    public static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    public static string Percent(double share) =>
        share.ToString("P1", System.Globalization.CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
