using System.CommandLine;
using FourStrands.Formats;

namespace FourStrands.Cli.Commands;

internal static class FormatsCommand
{
    public const string Name = "formats";

    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command(Name, "Lists the formats of files that can be imported.");
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (var reader in FormatReaders.All)
                    {
                        json.WriteStartObject();
                        json.WriteString("name", reader.Name);
                        json.WriteString("description", reader.Description);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                });
            }
            else
            {
                foreach (string line in Lines)
                    terminal.Out.WriteLine(line);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The formats, a line each.</summary>
    public static IEnumerable<string> Lines
    {
        get
        {
            int longest = FormatReaders.All.Max(reader => reader.Name.Length);
            return
            [
                .. FormatReaders.All.Select(reader => $"{reader.Name.PadRight(longest)}  {reader.Description}"),
                $"{"a table".PadRight(longest)}  Any other table with headings, with --mapping (docs/formats.md)",
                "A file's format is told by its content. It may be packed with gzip or zip.",
            ];
        }
    }
}
