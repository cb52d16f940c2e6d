using System.CommandLine;
using FourStrands.Deter.Checks;

namespace FourStrands.Cli.Commands;

internal static class CheckCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var what = new Argument<string>("FILE|NAME")
        {
            Description =
                "A list of bidders (CSV with headings, one bidder a line, or FollowTheMoney entities; - reads standard input), or one bidder's name or company number.",
        };
        var depth = new Option<int>("--depth")
        {
            Description = $"Ties followed from each bidder, 1 to {CheckRequest.MaxDepth}.",
            DefaultValueFactory = _ => CheckRequest.DefaultDepth,
            HelpName = "N",
        };
        var csv = new Option<bool>("--csv") { Description = "Write the result as CSV, a row for each finding." };
        var title = new Option<string?>("--title") { Description = "What the check is called.", HelpName = "WORDS" };
        var tender = new Option<string?>("--tender") { Description = "The tender's reference.", HelpName = "REFERENCE" };
        var reserved = new Option<bool>("--reserved")
        {
            Description = "The buying is done through a reserved arrangement, in which the debarment list has effect.",
        };
        var number = new Option<string?>("--number") { Description = "One bidder's company number.", HelpName = "NUMBER" };
        var country = new Option<string?>("--country") { Description = "One bidder's country: its name, or its two-letter code.", HelpName = "COUNTRY" };
        var address = new Option<string?>("--address") { Description = "One bidder's address.", HelpName = "ADDRESS" };
        var phone = new Option<string?>("--phone") { Description = "One bidder's phone number.", HelpName = "PHONE" };
        var email = new Option<string?>("--email") { Description = "One bidder's e-mail address.", HelpName = "ADDRESS" };
        var born = new Option<string?>("--born") { Description = "A sole trader's date of birth: yyyy, yyyy-MM or yyyy-MM-dd.", HelpName = "DATE" };
        var command = new Command(
            "check",
            "Says who is behind bidders: who runs and owns them, what lists and registers say of all those, and what joins bidders to each other."
        )
        {
            what,
            depth,
            csv,
            title,
            tender,
            reserved,
            number,
            country,
            address,
            phone,
            email,
            born,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                int ties = parsed.GetValue(depth);
                if (ties is < 1 or > CheckRequest.MaxDepth)
                    throw ProblemException.Usage($"--depth is a number from 1 to {CheckRequest.MaxDepth}.");
                if (parsed.GetValue(csv) && parsed.GetValue(shared.Json))
                    throw ProblemException.Usage("--json and --csv exclude each other: choose one.");
                string given = parsed.GetValue(what)!;
                bool values = new[] { number, country, address, phone, email, born }.Any(o => parsed.GetValue(o) is not null);
                BidderList list;
                if (IsList(terminal, given))
                {
                    if (values)
                        throw ProblemException.Usage(
                            "--number, --country, --address, --phone, --email and --born describe one bidder who is named on the command line; a list has columns for them."
                        );
                    list = ReadList(terminal, given);
                }
                else
                {
                    list = Named(
                        given,
                        parsed.GetValue(number),
                        parsed.GetValue(country),
                        parsed.GetValue(address),
                        parsed.GetValue(phone),
                        parsed.GetValue(email),
                        parsed.GetValue(born)
                    );
                }
                var request = new CheckRequest(parsed.GetValue(title) ?? (given == "-" ? "Check of bidders" : $"Check of {Path.GetFileName(given)}"))
                {
                    Depth = ties,
                    TenderReference = parsed.GetValue(tender) ?? "",
                    ReservedArrangement = parsed.GetValue(reserved),
                };
                using var store = OpenStore.Open(terminal, shared, parsed);
                SayAsRead(terminal, list);
                var result = Run(terminal, store, request, list, cancellation);
                if (parsed.GetValue(shared.Json))
                {
                    terminal.OutBytes.Write(CheckJson.Write(result, indented: true));
                    terminal.OutBytes.Write("\n"u8);
                    terminal.OutBytes.Flush();
                }
                else if (parsed.GetValue(csv))
                {
                    CheckTable.Write(result, terminal.OutBytes);
                    terminal.OutBytes.Flush();
                }
                else
                {
                    CheckText.Write(terminal, result);
                }
                // Clear is only a check of which every bidder is known and nothing was found: see docs/command-line.md.
                return Task.FromResult(result.IsClear ? ExitCodes.Done : ExitCodes.Findings);
            }
        );
        return command;
    }

    private static CheckResult Run(Terminal terminal, OpenStore store, CheckRequest request, BidderList list, CancellationToken cancellation)
    {
        if (!BidderChecks.MayStart(store.Viewer))
            throw ProblemException.Usage($"{store.Viewer.DisplayName} ({store.Viewer.Role}) may not start checks: they could not see what they write.");
        var checks = new BidderChecks(terminal.Clock);
        Picture.Document document;
        try
        {
            document = checks.Start(store.View, request, list);
        }
        catch (ArgumentException problem)
        {
            throw ProblemException.Input(problem.Message);
        }
        return Progress.Count(terminal, "Checking bidders", list.Bidders.Count, progress => checks.Run(store.Refresh(), document, progress, cancellation));
    }

    /// <summary>What names a file is a list; what looks like a file's name but is not there is a mistake, not a bidder.</summary>
    private static bool IsList(Terminal terminal, string given)
    {
        if (given == "-")
            return true;
        if (string.IsNullOrWhiteSpace(given))
            throw ProblemException.Usage("The bidder's name is empty: give a name, or a file with a list of bidders.");
        string path = terminal.PathOf(given);
        if (Directory.Exists(path))
            throw ProblemException.Input($"{path} is a folder. Give a file with a list of bidders, or a bidder's name.");
        if (File.Exists(path))
            return true;
        if (
            // "X Ltd t/a Y" is a name.
            (given.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) && (given[0] is '/' or '.' or '~' || !given.Any(char.IsWhiteSpace)))
            || Path.GetExtension(given).ToUpperInvariant() is ".CSV" or ".TXT" or ".JSON" or ".JSONL" or ".TSV" or ".XLSX"
        )
            throw ProblemException.Input($"There is no file {path}.");
        return false;
    }

    private static BidderList ReadList(Terminal terminal, string given)
    {
        string name = given == "-" ? "standard input" : Path.GetFileName(given);
        using var content = given == "-" ? terminal.In : File.OpenRead(terminal.PathOf(given));
        var list = BidderList.Read(content, name);
        foreach (var rejection in list.Rejections.Take(20))
            terminal.Say(
                $"{name}{(rejection.Line > 0 ? $", line {rejection.Line}" : "")}: {rejection.Reason}{(rejection.Excerpt.Length > 0 ? $" ({Answers.OneLine(rejection.Excerpt)})" : "")}"
            );
        if (list.Rejections.Count > 20)
            terminal.Say($"{name}: {list.Rejections.Count - 20} more lines could not be used; --json lists them all.");
        foreach (var again in list.Duplicates.Take(20))
            terminal.Say($"{name}, line {again.Line}: {Answers.OneLine(again.Name)} stands in line {again.FirstLine} already and is checked once.");
        if (list.Bidders.Count == 0)
            throw ProblemException.Input(
                $"There is no bidder in {name} that could be used. {(list.Rejections.Count == 1 ? list.Rejections[0].Reason : "Put one name a line, or a CSV with a column 'name'.")}"
            );
        return list;
    }

    /// <summary>One bidder, described by options. A value that cannot be used is a mistake in the command line, not something to leave out.</summary>
    private static BidderList Named(string given, string? number, string? country, string? address, string? phone, string? email, string? born)
    {
        var list = BidderList.Named(given, number ?? "", country ?? "", address ?? "", phone ?? "", email ?? "", born ?? "");
        if (list.Rejections is [var wrong, ..])
        {
            string option = wrong.Field switch
            {
                "company number" => "--number",
                "country" => "--country",
                "address" => "--address",
                "phone" => "--phone",
                "e-mail" => "--email",
                "birth date" => "--born",
                _ => "The bidder",
            };
            throw ProblemException.Usage($"{option} '{Answers.OneLine(wrong.Excerpt)}': {wrong.Reason}");
        }
        return list;
    }

    /// <summary>What the list was understood as, before anything is looked up: a wrong column is seen here, not in a clean result.</summary>
    private static void SayAsRead(Terminal terminal, BidderList list)
    {
        const int Most = 20;
        if (list.FileName.Length > 0)
            terminal.Say($"Read as {list.Format}.");
        foreach (string note in list.Notes)
            terminal.Say(Answers.OneLine(note));
        foreach (var bidder in list.Bidders.Take(Most))
        {
            string line = bidder.Line > 0 ? $"line {bidder.Line}: " : "";
            string number =
                bidder.Name.Length == 0 ? "a company number alone"
                : bidder.CompanyNumber.Length > 0 ? $"company number {bidder.CompanyNumber}"
                : "no company number";
            string more = string.Concat(bidder.Understood().Select(d => $"; {d.Name.ToLowerInvariant()} {d.Value}"));
            terminal.Say(Answers.OneLine($"  {line}{bidder.Title} ({number}{more})"));
        }
        if (list.Bidders.Count > Most)
            terminal.Say($"  and {list.Bidders.Count - Most:N0} more; --json lists them all.");
    }
}
