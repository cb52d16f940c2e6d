using System.CommandLine;

namespace FourStrands.Cli.Commands;

/// <summary>The store's own keys.</summary>
internal static class KeysCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var command = new Command("keys", "The store's own keys.");
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
        command.Subcommands.Add(MakeMove(terminal, shared));
        return command;
    }

    private static Command MakeMove(Terminal terminal, SharedOptions shared)
    {
        var folder = new Argument<string>("folder") { Description = "The folder that they are to be in: it must be there, and hold no other keys." };
        var command = new Command(
            "move",
            "Moves the store's keys to another folder, outside of the store's: who copies the store has none of them then. --keys names where they are now, if not in the store."
        )
        {
            folder,
        };
        command.SetAction(parsed =>
        {
            if (!string.IsNullOrEmpty(parsed.GetValue(shared.As)))
                throw ProblemException.Usage("Keys are moved by whoever runs the store: leave --as out.");
            using var store = OpenStore.Open(terminal, shared, parsed);
            string from = store.Gate.KeysFolder;
            store.Gate.MoveKeys(terminal.PathOf(parsed.GetValue(folder)!), store.Viewer);
            string to = store.Gate.KeysFolder;
            if (parsed.GetValue(shared.Json))
            {
                terminal.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("from", from);
                    json.WriteString("to", to);
                    json.WriteEndObject();
                });
                return ExitCodes.Done;
            }
            terminal.Out.WriteLine(to);
            terminal.Say(
                to == Path.Combine(store.Folder, "keys")
                    ? "The keys are in the store's folder: leave --keys and $FOURSTRANDS_KEYS out from now on."
                    : $"The keys are there, and no longer in {from}. From now on name that folder with --keys or in $FOURSTRANDS_KEYS, for backups too: without it the store does not open."
            );
            return ExitCodes.Done;
        });
        return command;
    }
}
