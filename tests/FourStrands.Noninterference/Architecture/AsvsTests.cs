using System.Globalization;
using System.Text.RegularExpressions;

namespace FourStrands.Noninterference.Architecture;

/// <summary>
/// docs/security/asvs.md has a row for every requirement of OWASP ASVS 5.0.0 at levels 1 and 2 but those of WebRTC, and what it says is shown is shown: every test
/// that it names is there.
/// </summary>
public sealed class AsvsTests
{
    /// <summary>The numbers of each section: at level 1, and at level 2.</summary>
    private const string Requirements = """
        1.1 1: -; 2: 1 2
        1.2 1: 1 2 3 4 5; 2: 6 7 8 9
        1.3 1: 1 2; 2: 3 4 5 6 7 8 9 10 11
        1.4 1: -; 2: 1 2 3
        1.5 1: 1; 2: 2
        2.1 1: 1; 2: 2 3
        2.2 1: 1 2; 2: 3
        2.3 1: 1; 2: 2 3 4
        2.4 1: -; 2: 1
        3.2 1: 1 2; 2: -
        3.3 1: 1; 2: 2 3 4
        3.4 1: 1 2; 2: 3 4 5 6
        3.5 1: 1 2 3; 2: 4 5
        3.7 1: -; 2: 1 2
        4.1 1: 1; 2: 2 3
        4.2 1: -; 2: 1
        4.3 1: -; 2: 1 2
        4.4 1: 1; 2: 2 3 4
        5.1 1: -; 2: 1
        5.2 1: 1 2; 2: 3
        5.3 1: 1 2; 2: -
        5.4 1: -; 2: 1 2 3
        6.1 1: 1; 2: 2 3
        6.2 1: 1 2 3 4 5 6 7 8; 2: 9 10 11 12
        6.3 1: 1 2; 2: 3 4
        6.4 1: 1 2; 2: 3 4
        6.5 1: -; 2: 1 2 3 4 5
        6.6 1: -; 2: 1 2 3
        6.8 1: -; 2: 1 2 3 4
        7.1 1: -; 2: 1 2 3
        7.2 1: 1 2 3 4; 2: -
        7.3 1: -; 2: 1 2
        7.4 1: 1 2; 2: 3 4 5
        7.5 1: -; 2: 1 2
        7.6 1: -; 2: 1 2
        8.1 1: 1; 2: 2
        8.2 1: 1 2; 2: 3
        8.3 1: 1; 2: -
        8.4 1: -; 2: 1
        9.1 1: 1 2 3; 2: -
        9.2 1: 1; 2: 2 3 4
        10.1 1: -; 2: 1 2
        10.2 1: -; 2: 1 2
        10.3 1: -; 2: 1 2 3 4
        10.4 1: 1 2 3 4 5; 2: 6 7 8 9 10 11
        10.5 1: -; 2: 1 2 3 4 5
        10.6 1: -; 2: 1 2
        10.7 1: -; 2: 1 2 3
        11.1 1: -; 2: 1 2
        11.2 1: -; 2: 1 2 3
        11.3 1: 1 2; 2: 3
        11.4 1: 1; 2: 2 3 4
        11.5 1: -; 2: 1
        11.6 1: -; 2: 1
        12.1 1: 1; 2: 2 3
        12.2 1: 1 2; 2: -
        12.3 1: -; 2: 1 2 3 4
        13.1 1: -; 2: 1
        13.2 1: -; 2: 1 2 3 4 5
        13.3 1: -; 2: 1 2
        13.4 1: 1; 2: 2 3 4 5
        14.1 1: -; 2: 1 2
        14.2 1: 1; 2: 2 3 4
        14.3 1: 1; 2: 2 3
        15.1 1: 1; 2: 2 3
        15.2 1: 1; 2: 2 3
        15.3 1: 1; 2: 2 3 4 5 6 7
        16.1 1: -; 2: 1
        16.2 1: -; 2: 1 2 3 4 5
        16.3 1: -; 2: 1 2 3 4
        16.4 1: -; 2: 1 2 3
        16.5 1: -; 2: 1 2 3
        """;

    private static readonly string[] States = ["test", "structure", "document", "does not apply", "not met yet"];

    private static readonly Row[] Rows = Read();

    private sealed record Row(string Number, string Level, string Asks, string State, string How)
    {
        private static readonly Regex Named = new("`([A-Z][A-Za-z]*Tests?)\\.([A-Z][A-Za-z0-9_]*)`", RegexOptions.NonBacktracking);

        public IEnumerable<(string Class, string Method)> Tests => Named.Matches(How).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
    }

    [Fact]
    public void Every_requirement_has_one_row_in_its_order()
    {
        var wanted = Requirements
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(line =>
            {
                string section = line[..line.IndexOf(' ', StringComparison.Ordinal)];
                string[] levels = line[section.Length..].Split(';');
                return levels.SelectMany((numbers, level) => Numbers(numbers).Select(n => (Section: section, Number: n, Level: level + 1)));
            })
            .OrderBy(r => double.Parse(r.Section.Split('.')[0], CultureInfo.InvariantCulture))
            .ThenBy(r => int.Parse(r.Section.Split('.')[1], CultureInfo.InvariantCulture))
            .ThenBy(r => r.Number)
            .Select(r => $"{r.Section}.{r.Number} at level {r.Level}")
            .ToArray();
        Assert.Equal(246, wanted.Length);
        Assert.Equal(70, wanted.Count(w => w.EndsWith('1')));
        Assert.Equal(wanted, Rows.Select(r => $"{r.Number} at level {r.Level}"));

        static IEnumerable<int> Numbers(string list) =>
            list[(list.IndexOf(':', StringComparison.Ordinal) + 1)..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(n => n != "-")
                .Select(n => int.Parse(n, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_row_says_how_and_what_is_shown_names_its_test()
    {
        foreach (var row in Rows)
        {
            Assert.True(row.Asks.Length > 5, $"{row.Number} does not say what it asks");
            Assert.True(States.Contains(row.State, StringComparer.Ordinal), $"{row.Number}: '{row.State}' is none of {string.Join(", ", States)}");
            Assert.True(row.How.Length > 15, $"{row.Number} does not say how");
            if (row.State == "test")
                Assert.True(row.Tests.Any(), $"{row.Number} names no test");
        }
    }

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        Dictionary<string, string> classes = new(StringComparer.Ordinal);
        var declared = new Regex("\\bclass ([A-Za-z]+)", RegexOptions.NonBacktracking);
        foreach (string file in Sources.Under("tests", "*.cs"))
        {
            string text = File.ReadAllText(file);
            foreach (string name in declared.Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal))
                classes[name] = classes.GetValueOrDefault(name, "") + text;
        }
        foreach (var row in Rows)
        {
            foreach (var (name, method) in row.Tests)
            {
                Assert.True(classes.TryGetValue(name, out string? text), $"{row.Number} names {name}, which is no class of tests");
                Assert.True(
                    Regex.IsMatch(text, $"public (?:static )?(?:async )?(?:Task|void) {method}\\(", RegexOptions.NonBacktracking),
                    $"{row.Number} names {name}.{method}, which is not there"
                );
            }
        }
    }

    [Fact]
    public void The_document_counts_its_rows_right()
    {
        string text = Document();
        foreach (string state in States)
        {
            int one = Rows.Count(r => r.State == state && r.Level == "1"),
                two = Rows.Count(r => r.State == state && r.Level == "2");
            Assert.Contains($"| {state} | {one} | {two} | {one + two} |", text, StringComparison.Ordinal);
        }
    }

    /// <summary>What it leads to is there.</summary>
    [Fact]
    public void Every_page_of_the_security_documents_leads_somewhere()
    {
        var link = new Regex("\\]\\(([^)#:]+\\.md)(?:#[^)]*)?\\)", RegexOptions.NonBacktracking);
        foreach (string file in Sources.Under("docs/security", "*.md"))
        {
            foreach (string page in link.Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, page)), $"{file} leads to {page}");
        }
    }

    private static Row[] Read() =>
        [
            .. Document()
                .Split('\n')
                .Where(line => Regex.IsMatch(line, "^\\| [0-9]+\\.[0-9]+\\.[0-9]+ \\|", RegexOptions.NonBacktracking))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(c => new Row(c[1], c[2], c[3], c[4], c[5])),
        ];

    private static string Document() => File.ReadAllText(Path.Combine(Sources.Root, "docs/security/asvs.md"));
}
