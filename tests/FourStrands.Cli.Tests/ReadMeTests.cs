using System.Text.RegularExpressions;

namespace FourStrands.Cli.Tests;

/// <summary>Runs what README.md shows, in order, in one store, and expects what it shows. A line of "…" stands for any lines, and "…" in a line for any text.</summary>
public sealed partial class ReadMeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Its_examples_are_true()
    {
        string readMe = await File.ReadAllTextAsync(Path.Combine(Project.Root, "README.md"), TestContext.Current.CancellationToken);
        int commands = 0;
        string before = "";
        foreach (Match block in ConsoleBlock.Matches(readMe))
        {
            foreach (string example in block.Groups[1].Value.Split("$ ./fourstrands ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = example.TrimEnd('\n').Split('\n');
                var match = Judge.Match(before);
                string line = match.Success
                    ? lines[0]
                        .Replace("LEFT", match.Groups[1].Value, StringComparison.Ordinal)
                        .Replace("RIGHT", match.Groups[2].Value, StringComparison.Ordinal)
                    : lines[0];
                var run = await CommandRun.Of(folder, [.. Word.Matches(line).Select(w => w.Value.Trim('"'))]);
                Assert.True(run.ExitCode is ExitCodes.Done or ExitCodes.Findings, $"{line}\n{run}");
                Expect(line, lines[1..], run.Out);
                before = run.Out;
                commands++;
            }
        }
        Assert.True(commands >= 10, "README.md shows fewer commands than it did: does this test still find them?");
    }

    private static void Expect(string command, string[] expected, string output)
    {
        string[] lines = output.Split('\n');
        int at = 0;
        bool skip = false;
        foreach (string line in expected)
        {
            if (line == "…")
            {
                skip = true;
                continue;
            }
            // How wide a column is depends on what else stands in it.
            string spaced = Spaces.Replace(line.Replace("LEFT RIGHT", "… …", StringComparison.Ordinal), "  ");
            string pattern = string.Join(".*", spaced.Split('…').Select(Regex.Escape)).Replace(@"\ \ ", @"\ +", StringComparison.Ordinal);
            int found = at;
            while (found < lines.Length && !Regex.IsMatch(lines[found].TrimEnd(), $"^{pattern}$", RegexOptions.NonBacktracking))
                found++;
            Assert.True(found < lines.Length && (skip || found == at), $"'{command}' does not say\n  {line}\nat its place, but\n{output}");
            at = found + 1;
            skip = false;
        }
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex ConsoleBlock { get; }

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word { get; }

    [GeneratedRegex(" {2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces { get; }

    [GeneratedRegex("judge ([0-9a-z]{26}) ([0-9a-z]{26}) .*Kerrowgair.*Disqualified", RegexOptions.NonBacktracking)]
    private static partial Regex Judge { get; }
}
