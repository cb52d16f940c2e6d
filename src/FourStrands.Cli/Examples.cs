using System.CommandLine;

namespace FourStrands.Cli;

/// <summary>What stands below a command's help.</summary>
internal static class Examples
{
    public static IEnumerable<string> Of(Command command)
    {
        string inside = command.Parents.OfType<Command>().FirstOrDefault(p => p is not RootCommand)?.Name is { } group ? $"{group} " : "";
        string[] examples = (inside + command.Name) switch
        {
            "log" or "log export" or "log verify" =>
            [
                "fourstrands log export log.jsonl --agency national-police > checkpoint.txt",
                "fourstrands log verify log.jsonl",
                "fourstrands log verify log.jsonl --checkpoint checkpoint.txt",
            ],
            "backup" =>
            [
                "fourstrands backup /mnt/backups/2026-11-26.fsb --key-file /root/fourstrands.key",
                "fourstrands backup /mnt/backups/2026-11-26.fsb --passphrase-file /root/passphrase",
            ],
            "restore" =>
            [
                "fourstrands restore /mnt/backups/2026-11-26.fsb --key-file /root/fourstrands.key --store /srv/restored --erasures erasures.json",
                "fourstrands restore /mnt/backups/2026-11-26.fsb --key-file /root/fourstrands.key --store /srv/drill --check",
            ],
            "erase" or "erase statement" or "erase record" or "erase import" =>
            [
                "fourstrands erase record 7zzq0c3v9n8m2k4p6r8t0w2y4a",
                "fourstrands erase record 7zzq0c3v9n8m2k4p6r8t0w2y4a --yes --reason \"Retention schedule, 6 years\"",
                "fourstrands erase statement 7zzq0c3v9n8m2k4p6r8t0w2y4a birthDate 1971-03-04 --yes --reason \"Rectification request 2026-114\"",
                "fourstrands erase import 2f5h8k1n4q7t0w3z6c9e2g5j8m --yes --reason \"Brought in by mistake\"",
            ],
            "erasures" or "erasures list" or "erasures export" => ["fourstrands erasures list", "fourstrands erasures export erasures.json"],
            "hold" or "hold place" or "hold lift" or "hold list" =>
            [
                "fourstrands hold place record 7zzq0c3v9n8m2k4p6r8t0w2y4a --reason \"Fatal accident inquiry\"",
                "fourstrands hold list",
                "fourstrands hold lift 2f5h8k1n4q7t0w3z6c9e2g5j8m --reason \"The inquiry has ended\"",
            ],
            "retention" or "retention keep" or "retention put" or "retention schedules" or "retention add" or "retention examples" =>
            [
                "fourstrands retention",
                "fourstrands retention keep 2f5h8k1n4q7t0w3z6c9e2g5j8m --until 2028-03-31 --reason \"The inquiry goes on\"",
                "fourstrands retention add \"Intelligence reports\" --months 72 --basis \"Our retention schedule, part 3\" --propose-erasure --default",
                "fourstrands retention put 2f5h8k1n4q7t0w3z6c9e2g5j8m --schedule \"Intelligence reports\" --reason \"It came in under none\"",
            ],
            "correct" or "correct statement" or "correct record" or "correct import" or "correct list" =>
            [
                "fourstrands correct statement 7zzq0c3v9n8m2k4p6r8t0w2y4a birthDate 1971-03-04",
                "fourstrands correct statement 7zzq0c3v9n8m2k4p6r8t0w2y4a birthDate 1971-03-04 --right 1971-04-03 --yes --reason \"Day and month were mixed up\" --in-releases",
                "fourstrands correct record 7zzq0c3v9n8m2k4p6r8t0w2y4a --yes --reason \"It was somebody else\"",
                "fourstrands correct list",
            ],
            "keys" or "keys rotate" or "keys move" =>
            [
                "fourstrands keys rotate",
                "fourstrands keys move /etc/fourstrands/keys --store /srv/fourstrands",
                "fourstrands serve --store /srv/fourstrands --keys /etc/fourstrands/keys",
            ],
            "way-in" => ["fourstrands way-in isla.munro@national-police", "fourstrands way-in hamish.orr@glenbrae-council --administrator"],
            "import" =>
            [
                "fourstrands import sdn.csv add.csv alt.csv --complete",
                "fourstrands import visits.csv --mapping visits.yaml --source \"Licence visits\" --label \"official;agencies=national-police\"",
                "curl -s https://lists.example/latest.json | fourstrands import - --source \"Latest list\"",
            ],
            "sources" => ["fourstrands sources", "fourstrands sources --json"],
            Commands.FormatsCommand.Name => ["fourstrands formats", "fourstrands formats --json"],
            "rejects" => ["fourstrands rejects 7zzq0c3v9n8m2k4p6r8t0w2y4a", "fourstrands rejects 7zzq0c3v9n8m2k4p6r8t0w2y4a --json"],
            "check" =>
            [
                "fourstrands check bidders.csv --depth 2",
                "fourstrands check \"Harrow Glen Haulage Ltd\" --number ZZ990101",
                "fourstrands check bidders.csv --json > result.json; test $? -le 1",
            ],
            "search" => ["fourstrands search \"harrow glen\"", "fourstrands search tullibrae --kind Person"],
            "show" => ["fourstrands show 7zzq0c3v9n8m2k4p6r8t0w2y4a", "fourstrands show \"Lomarren Civil Engineering Ltd\" --json"],
            "path" => ["fourstrands path \"Vostrin Freight (Scotland) Ltd\" \"Anatoly Vostrikhov\""],
            "judge" => ["fourstrands judge 7zzq0c3v9n8m2k4p6r8t0w2y4a 2f5h8k1n4q7t0w3z6c9e2g5j8m different --reason \"Born 1974 and 1958\""],
            "export" => ["fourstrands export > picture.ftm.json", "fourstrands export --source \"Licence visits\" --format statements --output visits.csv"],
            "demo" => ["fourstrands demo", "fourstrands demo --records 1000000 --store /tmp/large", "fourstrands demo --score"],
            "serve" => ["fourstrands serve", "fourstrands serve --port 8500 --demo"],
            _ =>
            [
                "fourstrands demo                       make a fictional world to try things on",
                "fourstrands check store/bidders.csv    who is behind these bidders?",
                "fourstrands serve                      the same in the browser",
            ],
        };
        if (command.Name == Commands.FormatsCommand.Name)
        {
            yield return "Formats:";
            foreach (string line in Commands.FormatsCommand.Lines)
                yield return "  " + line;
            yield return "";
        }
        yield return "Examples:";
        foreach (string example in examples)
            yield return "  " + example;
        yield return "";
        yield return "Exit codes: 0 done, or nothing adverse; 1 a check found something; 2 bad usage; 3 bad input; 4 the store or";
        yield return "the port cannot be had; 5 a fault of the program; 130 interrupted.";
    }
}
