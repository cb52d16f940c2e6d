using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FourStrands.Picture;
using Spectre.Console;

namespace FourStrands.Cli;

/// <summary>How answers are written: as JSON for programs, as tables for people. docs/command-line.md describes the JSON.</summary>
internal static class Answers
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

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

    /// <summary>
    /// Writes a table no wider than the terminal, or 100 columns where there is none: the widest columns are cut. Columns as narrow as an identifier are not.
    /// </summary>
    public static void WriteList(this Terminal terminal, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        const int Identifier = 26,
            Gap = 2;
        var lines = rows.Select(row => row.Select(OneLine).ToArray()).Prepend([.. headings]).ToList();
        int[] widths = [.. headings.Select((_, i) => lines.Max(line => Width(line[i])))];
        while (widths.Sum() + (Gap * (widths.Length - 1)) is var total && total > terminal.Width)
        {
            int widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= Identifier)
                break;
            // Not below the next widest, so that columns of much text share the room.
            int next = Math.Max(Identifier, widths.Where((_, i) => i != widest).DefaultIfEmpty(0).Max());
            widths[widest] = Math.Max(widths[widest] > next ? next : widths[widest] - 1, widths[widest] - (total - terminal.Width));
        }
        foreach (string[] line in lines)
        {
            var text = new System.Text.StringBuilder();
            for (int i = 0; i < line.Length; i++)
            {
                string cell = Cut(line[i], widths[i]);
                text.Append(cell);
                if (i < line.Length - 1)
                    text.Append(' ', widths[i] - Width(cell) + Gap);
            }
            terminal.Out.WriteLine(text.ToString().TrimEnd());
        }
    }

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static string Cut(string text, int width)
    {
        var elements = new StringInfo(text);
        return elements.LengthInTextElements <= width ? text : elements.SubstringByTextElements(0, width - 1).TrimEnd() + "…";
    }

    /// <summary>A label in full: whoever runs the program on the machine reads the store itself.</summary>
    public static string Label(Label label) => label.ToString();

    /// <summary>What is printed holds text from files: a control character in it must not steer the terminal.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    public static string Number(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>"1 part", "2,345 parts".</summary>
    public static string Count(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{Number(count)} {many}";

    /// <summary>25 November 2026.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", British);

    /// <summary>The day in London at that moment, as the pages say it.</summary>
    public static string Date(DateTimeOffset at) => Date(London.Day(at));

    /// <summary>25 November 2026 at 14:05, London time.</summary>
    public static string Time(DateTimeOffset at) => London.Time(at).ToString("d MMMM yyyy 'at' HH:mm", British);

    /// <summary>"97.0%"; never rounded to a certainty that it is not.</summary>
    public static string Likelihood(double probability) =>
        probability > 0.999 ? "more than 99.9%"
        : probability < 0.001 ? "less than 0.1%"
        : Percent(probability);

    public static string Percent(double share) =>
        // Rounded down: only what is whole is 100.0%.
        (Math.Floor(share * 1000) / 1000)
            .ToString("P1", System.Globalization.CultureInfo.InvariantCulture)
            .Replace(" ", "", StringComparison.Ordinal);
}
