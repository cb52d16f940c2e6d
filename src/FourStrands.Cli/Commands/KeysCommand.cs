using System.CommandLine;

namespace FourStrands.Cli.Commands;

/// <summary>The store's own keys.</summary>
internal static class KeysCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("keys", "The keys in the store's folder.");
        var rotate = new Command(
            "rotate",
            "Encrypts anew what people sign in with and what names a source, with a new key, and destroys the old one. Nobody has to sign in again."
        );
        rotate.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("Keys are changed by whoever runs the store: leave --as out.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            var (values, keys) = store.Gate.People.RotateKeyFromMachine(store.Viewer);
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteNumber("values", values);
                    json.WriteNumber("keysDestroyed", keys);
                    json.WriteEndObject();
                });
                return ExitCodes.Done;
            }
            terminal.Out.WriteLine($"{Answers.Number(values)} values encrypted anew; {(keys == 1 ? "1 key" : $"{Answers.Number(keys)} keys")} destroyed.");
            terminal.Say("Backups hold the keys of their time: take a new one now.");
            return ExitCodes.Done;
        });
        command.Subcommands.Add(rotate);
        return command;
    }
}
